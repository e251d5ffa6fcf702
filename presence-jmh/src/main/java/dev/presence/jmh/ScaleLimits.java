package dev.presence.jmh;

/**
 * How many users one log can take, by each of the things that it can end with.
 *
 * @param memoryGigabytes of a node, for users
 * @param cores of a node, for replication; its thread cannot take more than one
 * @param mbits of the log's line
 */
record ScaleLimits(NodeCpu cpu, double memoryGigabytes, double cores, double mbits) {

  /** What ends first. */
  enum Limit {
    MEMORY("memory of a node"),
    CPU("CPU of a node"),
    NETWORK("the log's line out");

    private final String label;

    Limit(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  double users(Limit limit, ScaleModel.Result result) {
    double beats = ScaleModel.BEAT_SECONDS;
    return switch (limit) {
      case MEMORY -> memoryGigabytes * 1e9 / cpu.bytesPerUser();
      case CPU -> cores * 1e9 * beats / nanosPerBeat(result.nodes());
      case NETWORK -> mbits * 1e6 / 8 * beats / (result.nodes() * result.bytesPerUser());
    };
  }

  /** CPU of a node for a heartbeat of anybody: it publishes its share, and applies the rest. */
  private double nanosPerBeat(int nodes) {
    return cpu.publishNanos() / nodes + cpu.applyNanos() * (nodes - 1) / nodes;
  }

  Limit first(ScaleModel.Result result) {
    Limit first = Limit.MEMORY;
    for (Limit limit : Limit.values()) {
      first = users(limit, result) < users(first, result) ? limit : first;
    }
    return first;
  }
}
