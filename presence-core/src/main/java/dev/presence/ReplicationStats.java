package dev.presence;

/**
 * What replication has done since the presence was opened. Immutable. Each figure is exact by
 * itself; together they are not a snapshot of one moment. Without replication all are zero, false
 * or {@link Presence#NEVER}.
 *
 * @param linked whether the log can be reached: the last exchange succeeded
 * @param caughtUp whether that exchange brought all that was in the log; false without a link
 * @param lagMillis milliseconds since an exchange last brought all that was in the log, normally up
 *     to the {@linkplain PresenceBuilder#exchangeInterval exchange interval}; or {@link
 *     Presence#NEVER} if none has
 * @param clockOffsetMillis milliseconds by which the log's clock is ahead of this node's
 * @param sentUsers heartbeats and disconnects that this node has published, those included that it
 *     published again
 * @param sentBytes bytes of the frames that this node has appended to the log
 * @param receivedUsers heartbeats and disconnects of other nodes that this node has read
 * @param receivedBytes bytes of the frames that this node has read from the log, its own included
 * @param reconnections how often the log could be reached again after it could not
 * @param resyncs how often this node asked the others for what it had missed
 * @param badFrames entries of the log that were skipped: damaged ones, foreign ones, those of newer
 *     versions of this library
 * @param refusedUsers heartbeats of other nodes for which this node had no room
 */
public record ReplicationStats(
    boolean linked,
    boolean caughtUp,
    long lagMillis,
    long clockOffsetMillis,
    long sentUsers,
    long sentBytes,
    long receivedUsers,
    long receivedBytes,
    long reconnections,
    long resyncs,
    long badFrames,
    long refusedUsers) {}
