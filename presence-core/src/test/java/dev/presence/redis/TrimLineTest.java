package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrimLineTest {

  private static final long HORIZON_MILLIS = 8_000;
  private static final long NOW = 1_000_000_000;

  private final TrimLine line = new TrimLine();

  @Test
  void before_whileTheClockRuns_isAHorizonAgo() {
    assertThat(line.before(new StreamId(NOW, 3), NOW, HORIZON_MILLIS))
        .isEqualTo(new StreamId(NOW - HORIZON_MILLIS, 0));
    assertThat(line.before(StreamId.ZERO, NOW, HORIZON_MILLIS))
        .isEqualTo(new StreamId(NOW - HORIZON_MILLIS, 0));
    assertThat(line.before(StreamId.ZERO, 10, HORIZON_MILLIS)).isEqualTo(StreamId.ZERO);
  }

  /** The names stand still at the millisecond from which the clock was set back. */
  @Test
  void before_afterTheClockWasSetBack_isWhatTheStreamHadComeToAHorizonAgo() {
    long clockMillis = NOW - 3_600_000;
    StreamId trim = StreamId.ZERO;
    for (int second = 0; second <= 60; second++) {
      StreamId last = new StreamId(NOW, second);
      line.note(last, TimeUnit.SECONDS.toNanos(second), HORIZON_MILLIS);
      trim = line.before(last, clockMillis + second * 1_000L, HORIZON_MILLIS);
      if (second < 8) {
        assertThat(trim).as("too early to trim: second=%d", second).isEqualTo(StreamId.ZERO);
      } else {
        assertThat(trim).isEqualTo(new StreamId(NOW, second - 8));
      }
    }
    line.forget();
    assertThat(line.before(new StreamId(NOW, 99), clockMillis, HORIZON_MILLIS))
        .isEqualTo(StreamId.ZERO);
  }

  @Test
  void note_moreOftenThanNeeded_isKeptNowAndThen() {
    for (int milli = 0; milli < 9_000; milli++) {
      line.note(new StreamId(NOW, milli), TimeUnit.MILLISECONDS.toNanos(milli), HORIZON_MILLIS);
    }
    assertThat(line.before(new StreamId(NOW, 9_000), 0, HORIZON_MILLIS))
        .isEqualTo(new StreamId(NOW, 0));
  }

  @Test
  void ids_areUnsigned() {
    StreamId largest = StreamId.parse("18446744073709551615-18446744073709551614");
    assertThat(largest).hasToString("18446744073709551615-18446744073709551614");
    assertThat(largest).isGreaterThan(new StreamId(Long.MAX_VALUE, Long.MAX_VALUE));
    assertThat(largest.isLaterThan(NOW)).isTrue();
    assertThat(new StreamId(NOW, 9)).isLessThan(new StreamId(NOW, 10));
    assertThat(new StreamId(NOW, 9).isLaterThan(NOW)).isFalse();
  }
}
