package dev.presence.jmh;

/** What a reading of a {@link BenchmarkClock} costs: a benchmark's {@code @Param}. */
public enum ClockType {
  /**
   * As much as one of the system's clock, the shipped default: some 30 ns. Worse, on x86 the
   * reading waits for all earlier loads, so that no single call overlaps with the one before it.
   */
  SYSTEM,

  /**
   * Nothing, like a variable that another thread updates now and then. Calls for different users
   * overlap as far as the processor and the contender allow.
   */
  FREE;

  /** The clock in a table's header or a chart. */
  String label() {
    return this == SYSTEM ? "system clock" : "free clock";
  }
}
