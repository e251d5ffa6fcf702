package dev.presence.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts users where a batch is a parameter, which {@code @OperationsPerInvocation} cannot use. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class PerUser {

  /** Named for the row that JMH prints: the time of one user. */
  public long perUser;
}
