package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node writes the others read; everything else is refused. */
class FrameTest {

  private static final long NODE = 0xFEDC_BA98_7654_3210L;
  private static final long MILLIS = 1_800_000_000_123L;
  private static final long SECOND = 1_800_000_000L;

  private final FrameWriter writer = new FrameWriter();
  private final Frame frame = new Frame();

  private static byte[] sample() {
    FrameWriter writer = new FrameWriter();
    writer.begin(NODE, 77, MILLIS);
    writer.beats(SECOND, new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}, 0, 5);
    writer.stamps(new long[] {5, 9}, new long[] {SECOND - 100, SECOND + 3}, 0, 2);
    writer.disconnects(
        List.of(
            new Disconnect(Long.MIN_VALUE, SECOND, MILLIS - 20),
            new Disconnect(Long.MAX_VALUE, SECOND + 2, MILLIS - 5_000)),
        2);
    writer.request(3, 1, SECOND);
    writer.offer(-5, 8);
    writer.answered(Long.MIN_VALUE, 9);
    return writer.end();
  }

  @Test
  void read_everySection_isWhatWasWritten() throws BadFrameException {
    frame.read(sample());
    assertThat(frame.nodeId).isEqualTo(NODE);
    assertThat(frame.number).isEqualTo(77);
    assertThat(frame.logMillis).isEqualTo(MILLIS);
    assertThat(frame.size).isEqualTo(7);
    assertThat(Arrays.copyOf(frame.userIds, 7))
        .containsExactly(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE, 5, 9);
    assertThat(Arrays.copyOf(frame.seconds, 7))
        .containsExactly(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND - 100, SECOND + 3);
    assertThat(frame.disconnects)
        .containsExactly(
            new Disconnect(Long.MIN_VALUE, SECOND, MILLIS - 20),
            new Disconnect(Long.MAX_VALUE, SECOND + 2, MILLIS - 5_000));
    assertThat(frame.requests).containsExactly(new Frame.Request(3, 1, SECOND));
    assertThat(frame.offers).containsExactly(new Frame.Answer(-5, 8));
    assertThat(frame.answered).containsExactly(new Frame.Answer(Long.MIN_VALUE, 9));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 999, 4_294_967_295_999L, Long.MAX_VALUE})
  void read_extremeTimes_areWhatWasWritten(long logMillis) throws BadFrameException {
    writer.begin(Long.MIN_VALUE, Long.MAX_VALUE, logMillis);
    writer.beats(Long.MAX_VALUE, new long[] {3}, 0, 1);
    writer.stamps(new long[] {4, 5}, new long[] {Long.MIN_VALUE, 0}, 0, 2);
    frame.read(writer.end());
    assertThat(frame.nodeId).isEqualTo(Long.MIN_VALUE);
    assertThat(frame.number).isEqualTo(Long.MAX_VALUE);
    assertThat(frame.logMillis).isEqualTo(logMillis);
    assertThat(Arrays.copyOf(frame.seconds, 3)).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE, 0);
  }

  @Test
  void read_aSecondFrame_hasNothingOfTheFirst() throws BadFrameException {
    frame.read(sample());
    writer.begin(1, 2, MILLIS);
    frame.read(writer.end());
    assertThat(frame.size).isZero();
    assertThat(frame.disconnects).isEmpty();
    assertThat(frame.requests).isEmpty();
    assertThat(frame.offers).isEmpty();
    assertThat(frame.answered).isEmpty();
  }

  @Test
  void read_everyTruncation_isRefused() {
    byte[] whole = sample();
    for (int length = 0; length < whole.length; length++) {
      assertBad(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void read_everySingleBitFlipped_isRefused() {
    byte[] whole = sample();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertBad(damaged);
    }
  }

  @Test
  void read_randomBytes_areRefused() {
    long seed = new Random().nextLong();
    System.out.println("FrameTest: seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertBad(bytes);
    }
  }

  /** A damage that the checksum does not see, as somebody else's writer would do. */
  @Test
  void read_randomSectionsWithARightChecksum_areReadOrRefusedButNothingElse() {
    long seed = new Random().nextLong();
    System.out.println("FrameTest: seed=" + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = sample();
      int at = 20 + random.nextInt(damaged.length - 24);
      damaged[at] = (byte) random.nextInt();
      Throwable thrown = catchThrowable(() -> frame.read(withChecksum(damaged)));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(BadFrameException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void read_moreUsersThanAFrameHas_isRefusedBeforeAnyIsRead() {
    byte[] claims = new byte[40];
    FrameWriter claiming = new FrameWriter();
    claiming.begin(1, 1, MILLIS);
    byte[] header = claiming.end();
    System.arraycopy(header, 0, claims, 0, header.length - 4);
    int at = header.length - 4;
    claims[at++] = FrameWriter.STAMPS;
    claims[at++] = (byte) 0xFF;
    claims[at++] = (byte) 0xFF;
    claims[at++] = (byte) 0xFF;
    claims[at] = 0x7F;
    assertThatThrownBy(() -> frame.read(withChecksum(claims)))
        .isInstanceOf(BadFrameException.class)
        .hasMessage("there are more users than a frame has");
  }

  @Test
  void read_tooLong_isRefused() {
    assertBad(withChecksum(Arrays.copyOf(sample(), LogReply.LARGEST_FRAME + 1)));
  }

  @Test
  void read_aNewerVersion_saysThatItIsOne() {
    byte[] newer = sample();
    newer[2] = FrameWriter.VERSION + 1;
    assertThatThrownBy(() -> frame.read(withChecksum(newer)))
        .isInstanceOfSatisfying(BadFrameException.class, e -> assertThat(e.isNewer()).isTrue())
        .hasMessage("the version is unknown: version=" + (FrameWriter.VERSION + 1));
    byte[] older = sample();
    older[2] = 0;
    assertThatThrownBy(() -> frame.read(withChecksum(older)))
        .isInstanceOfSatisfying(BadFrameException.class, e -> assertThat(e.isNewer()).isFalse());
  }

  @Test
  void read_anUnknownSection_isRefusedAsAWhole() {
    byte[] whole = sample();
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    longer[whole.length - 4] = 99;
    assertThatThrownBy(() -> frame.read(withChecksum(longer)))
        .isInstanceOf(BadFrameException.class)
        .hasMessage("a section is unknown");
  }

  @Test
  void beats_denseIds_takeTwoBytesAtMost() throws BadFrameException {
    long[] userIds = new long[FrameWriter.LARGEST_COUNT];
    for (int i = 0; i < userIds.length; i++) {
      userIds[i] = 1_000_000_000L + 50L * i;
    }
    assertThat(sizeOf(userIds)).isLessThanOrEqualTo(2 * userIds.length);
  }

  @Test
  void beats_randomIds_takeNineBytesAtMost() throws BadFrameException {
    long[] userIds = new Random(1).longs(FrameWriter.LARGEST_COUNT).sorted().toArray();
    assertThat(sizeOf(userIds)).isLessThanOrEqualTo(9 * userIds.length);
  }

  private int sizeOf(long[] userIds) throws BadFrameException {
    writer.begin(NODE, 1, MILLIS);
    assertThat(writer.room()).isEqualTo(FrameWriter.LARGEST_COUNT);
    writer.beats(SECOND, userIds, 0, userIds.length);
    assertThat(writer.room()).isZero();
    byte[] bytes = writer.end();
    frame.read(bytes);
    assertThat(Arrays.copyOf(frame.userIds, frame.size)).isEqualTo(userIds);
    return bytes.length;
  }

  @Test
  void fullFrame_ofTheWorstIds_isNotTooLong() throws BadFrameException {
    long[] userIds = new Random(2).longs(FrameWriter.LARGEST_COUNT).sorted().toArray();
    long[] seconds = new long[userIds.length];
    writer.begin(NODE, 1, Long.MAX_VALUE);
    writer.stamps(userIds, seconds, 0, userIds.length);
    byte[] bytes = writer.end();
    assertThat(bytes.length).isLessThanOrEqualTo(LogReply.LARGEST_FRAME);
    frame.read(bytes);
    assertThat(frame.size).isEqualTo(userIds.length);
  }

  private void assertBad(byte[] bytes) {
    assertThat(catchThrowable(() -> frame.read(bytes))).isInstanceOf(BadFrameException.class);
  }

  static byte[] withChecksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - 4);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (checksum.getValue() >>> (8 * i));
    }
    return bytes;
  }
}
