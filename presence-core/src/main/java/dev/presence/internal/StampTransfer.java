package dev.presence.internal;

import dev.presence.PresenceFullException;
import dev.presence.ProgressListener;
import dev.presence.internal.csv.CsvReader;
import dev.presence.internal.csv.CsvWriter;
import dev.presence.internal.store.StampStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes the stamps of a store to a file of text, and records those of such a file. */
final class StampTransfer {

  private final StampStore store;

  StampTransfer(StampStore store) {
    this.store = store;
  }

  /** Writes the stamps younger than the retention; returns how many. */
  long exportTo(Path file, long nowSeconds, long retentionSeconds, ProgressListener listener) {
    long[] userIds = new long[store.largestSegment()];
    int[] stamps = new int[store.largestSegment()];
    Progress progress = new Progress(listener, store.users().tracked());
    try (CsvWriter out = new CsvWriter(file)) {
      for (int segment = 0; segment < store.segments(); segment++) {
        int count = store.younger(segment, nowSeconds, retentionSeconds, userIds, stamps);
        for (int i = 0; i < count; i++) {
          out.write(userIds[i], stamps[i]);
          progress.oneMore();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return progress.end();
  }

  /** Checks all lines, then records each of them; returns how many. */
  long importFrom(Path file, CsvReader.LineConsumer heartbeats, ProgressListener listener) {
    CsvReader in = new CsvReader(file);
    try {
      Progress progress = new Progress(listener, in.read(new Nobody()));
      Recorder recorder = new Recorder(heartbeats, progress);
      in.read(recorder);
      progress.end();
      if (recorder.refused > 0) {
        throw new PresenceFullException(
            store.users().maxUsers(), store.users().tracked(), recorder.refused);
      }
      return progress.done();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Nobody implements CsvReader.LineConsumer {
    @Override
    public void accept(long userId, long epochSecond) {}
  }

  private static final class Recorder implements CsvReader.LineConsumer {
    private final CsvReader.LineConsumer heartbeats;
    private final Progress progress;
    private long refused;

    Recorder(CsvReader.LineConsumer heartbeats, Progress progress) {
      this.heartbeats = heartbeats;
      this.progress = progress;
    }

    @Override
    public void accept(long userId, long epochSecond) {
      try {
        heartbeats.accept(userId, epochSecond);
      } catch (PresenceFullException e) {
        refused++;
      }
      progress.oneMore();
    }
  }
}
