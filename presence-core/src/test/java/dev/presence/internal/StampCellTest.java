package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several threads on one stamp. {@code -Dpresence.cell.rounds=…} makes it longer. */
class StampCellTest {

  private static final int ROUNDS = Integer.getInteger("presence.cell.rounds", 2_000_000);
  private static final long USER = 7;

  private final ChronicleStore store = ChronicleStore.open(1);
  private long cell;

  @BeforeEach
  void trackOne() {
    store.raise(USER, 1);
    cell = store.addressOf(USER);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void raiseTracked_besideRaisesToEarlierStamps_neverGoesBack() throws Exception {
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                StampCell.raiseTracked(cell, RawMemory.getInt(cell) + 1);
              }
            });
    long lost = 0;
    while (!other.isDone()) {
      int stamp = RawMemory.getInt(cell) + 2;
      StampCell.raiseTracked(cell, stamp);
      if (RawMemory.getIntVolatile(cell) < stamp) {
        lost++;
      }
    }
    other.get(60, TimeUnit.SECONDS);
    assertThat(lost).isZero();
  }

  /**
   * Either the heartbeat comes first and the mark is refused, or it says that it found the mark.
   */
  @Test
  void raiseTracked_besideMark_oneOfThemWins() throws Exception {
    CompletableFuture<Long> marks =
        CompletableFuture.supplyAsync(
            () -> {
              long marked = 0;
              for (int i = 0; i < ROUNDS; i++) {
                if (RawMemory.getInt(cell) != Stamp.NONE && StampCell.markOlder(cell, 100, 50)) {
                  marked++;
                }
              }
              return marked;
            });
    while (RawMemory.getIntVolatile(cell) != Stamp.NONE) {
      Thread.onSpinWait(); // so that there is one mark at least
    }
    long refused = 0;
    long lost = 0;
    for (int round = 0; !marks.isDone(); round++) {
      for (int i = 0; i < round % 64; i++) {
        Thread.onSpinWait(); // meets the mark at another moment each time
      }
      if (StampCell.raiseTracked(cell, 60)) { // an age of 40 is young
        for (int look = 0; look < 10; look++) {
          lost += RawMemory.getIntVolatile(cell) == Stamp.NONE ? 1 : 0;
        }
        StampCell.lower(cell, 10); // an age of 90 is to be marked
      } else {
        refused++;
        StampCell.raise(cell, 10);
      }
    }
    assertThat(lost).isZero();
    assertThat(refused).isPositive();
    long last = RawMemory.getInt(cell) == Stamp.NONE ? 1 : 0;
    assertThat(marks.get(60, TimeUnit.SECONDS)).isEqualTo(refused + last);
  }

  @Test
  void raise_unsignedStamps_laterWins() {
    StampCell.raise(cell, -2);
    StampCell.raise(cell, 5);
    assertThat(RawMemory.getInt(cell)).isEqualTo(-2);
    StampCell.lower(cell, 5);
    StampCell.lower(cell, -1);
    assertThat(RawMemory.getInt(cell)).isEqualTo(5);
  }
}
