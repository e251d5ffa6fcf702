/**
 * Nodes that share one view. Every node has all users in its own store, its mirror, and answers
 * from there; heartbeats and disconnects of the others come through a {@link
 * dev.presence.internal.replication.SharedLog}.
 *
 * <p><strong>Flow.</strong> Callers leave what happened in the {@code Outbox}. One thread runs the
 * {@code Replicator}: each exchange interval it lets the {@code Publisher} make frames of what is
 * in the outbox, exchanges them for those of others, and has the {@code Mirror} apply these.
 *
 * <p><strong>Why the views converge.</strong> A stamp only goes up, by maximum, and a disconnect is
 * a tombstone: the latest second up to which the user's heartbeats no longer count. The later
 * tombstone of two wins. So frames may come late, twice and in any order, and each node may stop
 * and start at any moment: whoever has seen the same set of heartbeats and tombstones holds, for
 * each user, the same latest heartbeat after the same latest tombstone. Nothing is elected and
 * nobody is a member.
 *
 * <p><strong>Heartbeats against disconnects.</strong> Seconds alone do not tell which of two in the
 * same second came first, and a page that is loaded anew signs out and in within one. What happens
 * at one node is told apart by the {@linkplain dev.presence.internal.replication.Outbox order} of
 * the calls. Between nodes the one who took the heartbeat decides: when a foreign tombstone covers
 * a user of whom this node may have taken a heartbeat after the disconnect, to within an exchange
 * interval, the heartbeat wins: the node raises the stamp by one second above the tombstone and
 * publishes it. Until that can have come everywhere, a foreign tombstone lowers only stamps that
 * are clearly older: see {@code LateDisconnects}. So a heartbeat is neither lost nor offline for a
 * moment. A disconnect can be lost, if the user beat at another node within the same interval; the
 * window then ends the presence.
 *
 * <p><strong>Seconds of different clocks.</strong> Frames carry the log's seconds. A node shifts by
 * whole seconds, see {@code LogClock}: where clocks agree, nothing is rounded. Where they do not, a
 * node may give a disconnect an earlier second than a heartbeat that it knew, whose stamp it has
 * lowered. Whoever still holds that stamp publishes it once more, so that all agree. A tombstone of
 * a clock that is wrong is cut to ten seconds after the disconnect, whenever it is read.
 *
 * <p><strong>While the log is away</strong> the outbox is off. The store is the queue: afterwards
 * the node publishes every stamp since the last exchange that succeeded, and all of its own frames
 * of the seconds before, which a fail-over may have lost. Which users sent a heartbeat meanwhile is
 * kept as one bit for many; a stamp that is online in spite of a tombstone is one of them.
 *
 * <p><strong>What may be lost.</strong> The window ends a disconnect
 *
 * <ul>
 *   <li>of a user who sent a heartbeat to another node within an exchange interval before, or
 *       within two seconds if clocks differ, or if the user comes and goes several times in a
 *       second;
 *   <li>of a user last seen in the two seconds before, if a node that had missed a heartbeat of
 *       that user, or of one with the same bit, comes back after that;
 *   <li>of a user last seen in the two seconds before, if its frame comes more than ten seconds
 *       late;
 *   <li>whose frame the log loses, or which the node had not published when it ended, or which came
 *       in the exchange interval in which the node's clock was set, or before the last 262,144
 *       while the log was away.
 * </ul>
 *
 * <p>A heartbeat is lost to other nodes, until the user's next one,
 *
 * <ul>
 *   <li>if the node had not published it when it crashed, or if the log loses its frame and no
 *       later one of that node tells that one is missing;
 *   <li>if it came within an exchange interval after a disconnect elsewhere, and its node ended
 *       before it heard of that;
 *   <li>if it came late, while the log was away, and after a disconnect elsewhere;
 *   <li>if a clock was set while the log was away.
 * </ul>
 */
package dev.presence.internal.replication;
