package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a node remembers of its own frames. */
class SentFramesTest {

  private static final long[] NOBODY = {};

  private final SentFrames sent = new SentFrames(1_000);

  private static SentFrames.Sent frame(long millis, int bytes) {
    return new SentFrames.Sent(millis, new byte[bytes], NOBODY, true);
  }

  @Test
  void since_latestFirst_fromThatTimeOn() {
    sent.add(frame(10, 1));
    sent.add(frame(20, 2));
    sent.add(new SentFrames.Sent(30, null, new long[] {7}, true));
    assertThat(sent.since(20)).extracting(one -> one.logMillis).containsExactly(30L, 20L);
    assertThat(sent.since(31)).isEmpty();
    assertThat(sent.all()).extracting(one -> one.length).containsExactly(1, 2);
  }

  @Test
  void since_publishedAgain_isNoNewsButIsSentAgain() {
    sent.add(new SentFrames.Sent(20, new byte[3], NOBODY, false));
    assertThat(sent.since(0)).isEmpty();
    assertThat(sent.all()).hasSize(1);
  }

  @Test
  void add_moreBytesThanThereMayBe_dropsTheOldestAndSaysSo() {
    for (int i = 0; i < 100; i++) {
      sent.add(frame(i, 100));
      assertThat(sent.all().size()).isLessThanOrEqualTo(10);
    }
    assertThat(sent.all()).hasSize(10);
    assertThat(sent.missingMillis()).isEqualTo(89);
  }

  @Test
  void add_repeatedUsers_countToo() {
    for (int i = 0; i < 100; i++) {
      sent.add(new SentFrames.Sent(i, null, new long[25], true));
    }
    assertThat(sent.since(0)).hasSize(5);
    assertThat(sent.missingMillis()).isEqualTo(94);
  }

  @Test
  void add_oneThatIsTooLarge_isNotKept() {
    sent.add(frame(5, 1_001));
    assertThat(sent.all()).isEmpty();
    assertThat(sent.missingMillis()).isEqualTo(5);
  }

  @Test
  void forgetBefore_saysWhatIsMissing() {
    sent.add(frame(10, 1));
    sent.add(frame(20, 1));
    sent.forgetBefore(20);
    assertThat(sent.all()).hasSize(1);
    assertThat(sent.missingMillis()).isEqualTo(10);
  }

  @Test
  void missing_isTheLatestTime() {
    sent.missing(50);
    sent.missing(40);
    assertThat(sent.missingMillis()).isEqualTo(50);
  }
}
