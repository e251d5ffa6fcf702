package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.jfr.Events;
import dev.presence.internal.jfr.Recorder;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** While no recording runs, nothing is made of what happens. */
class UnrecordedAllocationTest extends AllocatedBytes {

  private final Events events = Recorder.of("unrecorded");

  @Test
  void recorder_whereTheJvmHasOne_isUsed() {
    assertThat(events).isNotSameAs(Recorder.none());
  }

  @Test
  void whatHappens_withoutARecording_makesNothing() {
    assertThat(events.opening()).isSameAs(Recorder.none().opening());
    assertThat(events.sweeping()).isSameAs(Recorder.none().sweeping());
    assertThat(events.writing()).isSameAs(Recorder.none().writing());
  }

  @Test
  void whatHappens_withoutARecording_allocatesNothing() {
    assertThat(bytesPerCall(this::happen)).isZero();
  }

  @Test
  void whatHappens_afterARecording_allocatesNothing() {
    try (Recording recording = new Recording()) {
      recording.enable("dev.presence.Sweep");
      recording.start();
      assertThat(events.sweeping()).isNotSameAs(Recorder.none().sweeping());
    }
    whatHappens_withoutARecording_makesNothing();
    whatHappens_withoutARecording_allocatesNothing();
  }

  private void happen() {
    events.opening().opened(1, 2, 3, true);
    events.sweeping().ended(1, 2, false, false);
    events.writing().ended(1, 2, false);
    events.full(1, 2, 3);
    events.resync(true, 1, 2, 3);
  }
}
