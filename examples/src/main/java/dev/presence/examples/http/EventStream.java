package dev.presence.examples.http;

import dev.presence.Presence;
import dev.presence.PresenceTransition;
import dev.presence.PresenceTransition.Kind;
import java.time.Instant;
import java.util.concurrent.Flow;

/**
 * Tells one client who of some users comes and goes. Used by the thread of its connection alone.
 *
 * <p><strong>No gap.</strong> It subscribes first and reads the snapshot afterwards, so whatever
 * the snapshot misses follows as an event. The snapshot tells when users were last seen, and not
 * who is online: the subscription tells that, beginning with "everybody is offline", like a {@link
 * dev.presence.PresenceListener}. A status read here might be of a user who expires before the
 * subscription looks at the store; no event would ever correct it.
 *
 * <p><strong>Back-pressure.</strong> It requests the next few transitions when the client has room
 * for them. The others wait in the subscription's bounded queue, which starts over if it overflows.
 */
final class EventStream implements BodyStream, Flow.Subscriber<PresenceTransition> {

  /** Transitions requested at a time: some kilobytes of text. */
  private static final int BATCH = 128;

  private final Presence presence;
  private final long[] userIds;
  private final Runnable afterwards;
  private BodyWriter out;
  private Flow.Subscription subscription;
  private int requested;
  private boolean flushesSoon;
  private boolean closed;

  /**
   * A stream that has not begun.
   *
   * @param presence is subscribed to
   * @param userIds whom the client asks for
   * @param afterwards runs once when the stream is closed
   */
  EventStream(Presence presence, long[] userIds, Runnable afterwards) {
    this.presence = presence;
    this.userIds = userIds;
    this.afterwards = afterwards;
  }

  @Override
  public void start(BodyWriter writer) {
    out = writer;
    presence.transitions(userIds, writer.executor()).subscribe(this);
    snapshot("snapshot");
    out.flush();
    resume();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  @Override
  public void resume() {
    if (requested == 0 && !closed && out.isWritable()) {
      requested = BATCH;
      subscription.request(BATCH);
    }
  }

  @Override
  public void onNext(PresenceTransition transition) {
    if (closed) {
      return;
    }
    if (transition.kind() == Kind.RESYNC) {
      snapshot("resync");
    } else {
      out.write(Events.transition(transition));
    }
    requested--;
    if (requested == 0) {
      out.flush();
      resume();
    } else {
      flushSoon();
    }
  }

  /** Once for all transitions that are told in a row. */
  private void flushSoon() {
    if (!flushesSoon) {
      flushesSoon = true;
      out.executor()
          .execute(
              () -> {
                flushesSoon = false;
                out.flush();
              });
    }
  }

  private void snapshot(String name) {
    long[] lastSeen = presence.lastSeenOf(userIds);
    long windowSeconds = presence.tiers().window(0).toSeconds();
    out.write(Events.snapshot(name, nowSeconds(), windowSeconds, userIds, lastSeen));
  }

  /** An event and no comment: a page can tell by it that the stream lives, and what time it is. */
  @Override
  public void keepAlive() {
    if (out.isWritable()) {
      out.write(Events.time(nowSeconds()));
      out.flush();
    }
  }

  private static long nowSeconds() {
    return Instant.now().getEpochSecond();
  }

  @Override
  public void onError(Throwable cause) {
    onComplete(); // the store has been closed before the stream began
  }

  @Override
  public void onComplete() {
    if (!closed) {
      out.end();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
    afterwards.run();
  }
}
