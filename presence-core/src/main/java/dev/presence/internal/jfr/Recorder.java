package dev.presence.internal.jfr;

/**
 * Decides whether there is a Flight Recorder. Only where there is one are the classes of this
 * package loaded that extend the JDK's: runtime images may leave the module {@code jdk.jfr} out,
 * and on the module path it need not be resolved.
 */
public final class Recorder {

  private static final boolean IS_THERE =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(Recorder.class.getModule()::canRead)
          .isPresent();

  private Recorder() {}

  /** Who is to be told what happens in an instance. */
  public static Events of(String name) {
    return IS_THERE ? new LazyEvents(name) : SilentEvents.INSTANCE;
  }

  /** Nobody is to be told. */
  public static Events none() {
    return SilentEvents.INSTANCE;
  }
}
