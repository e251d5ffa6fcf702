package dev.presence.internal;

import java.util.OptionalLong;

/**
 * What the library itself knows about the memory of this process. It is in this package because the
 * library has no door for it, and needs none otherwise.
 */
public final class ProcessMemory {

  private ProcessMemory() {}

  /** The lowest limit in bytes of the control groups; empty if there is none. */
  public static OptionalLong limit() {
    return MemoryLimit.ofThisProcess().bytes();
  }
}
