package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.OlderThan;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several threads change one stamp. {@code -Dpresence.cell.rounds=…} sets the number of rounds. */
class StampCellTest {

  private static final int ROUNDS = Integer.getInteger("presence.cell.rounds", 2_000_000);
  private static final long USER = 7;
  private static final int CELLS = 2048;
  private static final int PASSES = ROUNDS / 1000;

  private final ChronicleStore store = new ChronicleStore(UserMap.open("test", 1));
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
  void raiseAbove_duringRaisesToEarlierStamps_neverGoesBack() throws Exception {
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                StampCell.raiseAbove(Stamp.NONE, cell, RawMemory.getInt(cell) + 1);
              }
            });
    long lost = 0;
    while (!other.isDone()) {
      int stamp = RawMemory.getInt(cell) + 2;
      StampCell.raiseAbove(Stamp.NONE, cell, stamp);
      if (RawMemory.getIntVolatile(cell) < stamp) {
        lost++;
      }
    }
    other.get(60, TimeUnit.SECONDS);
    assertThat(lost).isZero();
  }

  /** Either the heartbeat comes first and the mark fails, or the heartbeat reports the mark. */
  @Test
  void raiseAbove_duringMark_oneOfThemWins() throws Exception {
    CompletableFuture<Long> marks =
        CompletableFuture.supplyAsync(
            () -> {
              SweepTask task = task();
              long marked = 0;
              for (int tries = 0; tries < ROUNDS / 10; ) {
                if (RawMemory.getIntVolatile(cell) == Stamp.NONE) {
                  Thread.onSpinWait(); // until the other thread has brought the user back
                } else {
                  tries++;
                  marked += isMarked(cell, task) ? 1 : 0;
                }
              }
              return marked;
            });
    while (RawMemory.getIntVolatile(cell) != Stamp.NONE) {
      Thread.onSpinWait(); // at least one mark must come
    }
    long refused = 0;
    long lost = 0;
    for (int round = 0; !marks.isDone(); round++) {
      for (int i = 0; i < round % 64; i++) {
        Thread.onSpinWait(); // meet the mark at another moment each time
      }
      if (StampCell.raiseAbove(Stamp.NONE, cell, 60) != Stamp.NONE) { // an age of 40 is young
        for (int look = 0; look < 10; look++) {
          lost += RawMemory.getIntVolatile(cell) == Stamp.NONE ? 1 : 0;
        }
        StampCell.lower(cell, 10, -1); // an age of 90 gets marked
      } else {
        refused++;
        RawMemory.putInt(cell, 10);
      }
    }
    assertThat(lost).isZero();
    assertThat(refused).isPositive();
    long last = RawMemory.getInt(cell) == Stamp.NONE ? 1 : 0;
    assertThat(marks.get(60, TimeUnit.SECONDS)).isEqualTo(refused + last);
  }

  /**
   * One thread marks a row of cells from the left, another raises them from the right. They meet
   * once in each pass, at any instruction. No cell may be both marked and raised.
   */
  @Test
  void mark_meetingHeartbeats_marksNoRaisedCell() throws Exception {
    try (Row row = new Row(CELLS)) {
      boolean[] marked = new boolean[CELLS];
      boolean[] raised = new boolean[CELLS];
      CyclicBarrier together = new CyclicBarrier(2);
      CompletableFuture<Void> marker =
          CompletableFuture.runAsync(
              () -> {
                SweepTask task = task();
                for (int pass = 0; pass < PASSES; pass++) {
                  await(together);
                  for (int i = 0; i < CELLS; i++) {
                    marked[i] = isMarked(row.cells[i], task);
                  }
                  await(together);
                }
              });
      long both = 0;
      long marks = 0;
      for (int pass = 0; pass < PASSES; pass++) {
        for (long cell : row.cells) {
          RawMemory.putInt(cell, 10);
        }
        await(together);
        for (int i = CELLS - 1; i >= 0; i--) {
          raised[i] = StampCell.raiseAbove(Stamp.NONE, row.cells[i], 60) != Stamp.NONE;
        }
        await(together);
        for (int i = 0; i < CELLS; i++) {
          both += marked[i] && raised[i] ? 1 : 0;
          marks += marked[i] ? 1 : 0;
        }
      }
      marker.get(60, TimeUnit.SECONDS);
      assertThat(marks).isBetween(1L, (long) CELLS * PASSES - 1); // the two threads met
      assertThat(both).isZero();
    }
  }

  /** Removes users whose stamps are at least 50 seconds old at second 100. */
  private static SweepTask task() {
    return new OlderThan(1, 50, 100);
  }

  private static boolean isMarked(long address, SweepTask task) {
    return StampCell.mark(address, task) == Stamp.NONE;
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stamps of several users. */
  private static final class Row implements AutoCloseable {
    private final ChronicleStore store;
    private final long[] cells;

    Row(int length) {
      store = new ChronicleStore(UserMap.open("test", length));
      cells = new long[length];
      for (int i = 0; i < length; i++) {
        store.raise(i, 10);
        cells[i] = store.addressOf(i);
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void raiseAboveAndLower_unsignedStamps_compareAsUnsigned() {
    assertThat(StampCell.raiseAbove(Stamp.NONE, cell, -2)).isEqualTo(1);
    assertThat(StampCell.raiseAbove(Stamp.NONE, cell, 5)).isEqualTo(-2);
    assertThat(RawMemory.getInt(cell)).isEqualTo(-2);
    assertThat(StampCell.lower(cell, 5, -1)).isEqualTo(-2);
    assertThat(StampCell.lower(cell, -1, -1)).isEqualTo(5);
    assertThat(RawMemory.getInt(cell)).isEqualTo(5);
  }

  @Test
  void raiseAbove_stampAtTheLimit_changesNothing() {
    RawMemory.putInt(cell, 5);
    assertThat(StampCell.raiseAbove(5, cell, 9)).isEqualTo(5);
    assertThat(RawMemory.getInt(cell)).isEqualTo(5);
    assertThat(StampCell.raiseAbove(4, cell, 9)).isEqualTo(5);
    assertThat(RawMemory.getInt(cell)).isEqualTo(9);
  }
}
