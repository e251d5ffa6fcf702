package dev.presence.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts users where the batch is a parameter, out of reach of {@code @OperationsPerInvocation}.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class PerUser {

  /** Named after the row that JMH prints, which is the time per user. */
  public long perUser;
}
