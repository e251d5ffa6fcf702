package dev.presence.internal;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Histories of several nodes: heartbeats, disconnects, and all that can happen to a log, links,
 * clocks and nodes. In the end all nodes agree with what happened.
 *
 * <p>{@code -Dpresence.replication.seeds=…} sets how many, and {@code
 * -Dpresence.replication.seed=…} the first of them.
 */
class ReplicationSimulationTest {

  private static final int SEEDS = Integer.getInteger("presence.replication.seeds", 100);
  private static final long SEED =
      Long.getLong("presence.replication.seed", new Random().nextInt(1 << 30));

  /** Held here, so that it keeps its level. */
  private final Logger logger = Logger.getLogger("dev.presence");

  @BeforeEach
  void silence() {
    logger.setLevel(Level.OFF); // links fail all the time
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  @Test
  void nodes_whateverHappens_agree() {
    System.out.println("ReplicationSimulationTest: presence.replication.seed=" + SEED);
    for (long seed = SEED; seed < SEED + SEEDS; seed++) {
      try {
        new Simulation(seed).run();
      } catch (Throwable e) {
        fail("-Dpresence.replication.seeds=1 -Dpresence.replication.seed=" + seed + "\n" + e, e);
      }
    }
  }
}
