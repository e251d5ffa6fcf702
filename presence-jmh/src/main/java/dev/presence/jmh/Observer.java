package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.micrometer.PresenceMetrics;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;

/** Who watches an instance while it works. */
public enum Observer {
  /** Micrometer's meters, all of them read every 10 milliseconds. */
  METERS("meters") {
    @Override
    AutoCloseable watch(Presence presence) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      new PresenceMetrics(presence).bindTo(registry);
      ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
      ScheduledFuture<?> reading =
          reader.scheduleAtFixedRate(() -> read(registry), 0, READ_MILLIS, TimeUnit.MILLISECONDS);
      return () -> {
        if (!reading.cancel(false)) {
          reading.get(); // says what has ended it
        }
        reader.shutdown();
        boolean unused = reader.awaitTermination(1, TimeUnit.MINUTES);
        registry.close();
      };
    }
  },

  /** A recording with all events of the library. */
  RECORDING("recording") {
    @Override
    AutoCloseable watch(Presence presence) {
      Recording recording = new Recording();
      for (String event : new String[] {"Open", "Sweep", "Snapshot", "Full", "Resync"}) {
        recording.enable("dev.presence." + event).withoutThreshold();
      }
      recording.start();
      return recording;
    }
  };

  private static final long READ_MILLIS = 10;

  private final String label;

  Observer(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Begins to watch, until the result is closed. */
  abstract AutoCloseable watch(Presence presence);

  private static void read(SimpleMeterRegistry registry) {
    double sum = 0;
    for (Meter meter : registry.getMeters()) {
      for (Measurement measurement : meter.measure()) {
        sum += measurement.getValue();
      }
    }
    if (sum == Double.POSITIVE_INFINITY) {
      throw new AssertionError("no figure is infinite");
    }
  }
}
