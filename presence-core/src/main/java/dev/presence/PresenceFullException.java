package dev.presence;

/**
 * There is no room for a new user: as many users as fit are online. Tracked users are not affected,
 * and the presence stays usable: room comes back as users go offline.
 *
 * <p>The message reads {@code no room for a new user: maxUsers=1000000 trackedUsers=1000000
 * refused=1}. {@code trackedUsers} is below {@code maxUsers} in one case only: the ids were chosen
 * so that far too many of them share one part of the hash table, a segment of about 10,000 users.
 * Sequential ids, random ids, and multiples of anything do not. Only new users of that segment are
 * refused then; others find room as always, and their calls are as fast as always.
 *
 * <p>Immutable but for what every {@link Throwable} lets change.
 */
public class PresenceFullException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** How many new users the failed call could not record. */
  private final long refused;

  /**
   * Creates the exception of one failed call.
   *
   * @param maxUsers how many users fit
   * @param trackedUsers how many are tracked
   * @param refused how many new users the call could not record, at least 1
   */
  public PresenceFullException(long maxUsers, long trackedUsers, long refused) {
    super(
        "no room for a new user: maxUsers="
            + maxUsers
            + " trackedUsers="
            + trackedUsers
            + " refused="
            + refused);
    this.refused = refused;
  }

  /**
   * How many new users of the call were not recorded: 1 for a single heartbeat; for a batch, the
   * number of its positions that found no room. Every other user of the batch was recorded.
   *
   * @return a number of users, at least 1
   */
  public long refused() {
    return refused;
  }
}
