package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.store.SegmentScan;
import java.util.function.Consumer;

/** Waits for the calls inside, hands out what they have left behind, and drops the reader. */
final class LastScan implements Runnable, SegmentScan {

  private final CallGate gate;
  private final MapLayout layout;
  private final SegmentReader reader;
  private final Consumer<SegmentScan> action;
  private final Runnable forgetReader;

  /** The gate is closed, so nobody enters any more. */
  LastScan(
      CallGate gate,
      MapLayout layout,
      SegmentReader reader,
      Consumer<SegmentScan> action,
      Runnable forgetReader) {
    this.gate = gate;
    this.layout = layout;
    this.reader = reader;
    this.action = action;
    this.forgetReader = forgetReader;
  }

  @Override
  public void run() {
    gate.awaitLeavers();
    action.accept(this);
    forgetReader.run();
  }

  @Override
  public int segments() {
    return layout.segments();
  }

  @Override
  public int largestSegment() {
    return layout.capacity();
  }

  @Override
  public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
    return reader.youngerUnderLock(segment, nowSeconds, ageSeconds, userIds, stamps);
  }
}
