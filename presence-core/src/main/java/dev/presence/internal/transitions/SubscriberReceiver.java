package dev.presence.internal.transitions;

import dev.presence.Presence;
import dev.presence.PresenceTransition;
import dev.presence.PresenceTransition.Kind;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells a subscriber of {@link Flow} as much as it requests. Keeps the rules of Reactive Streams
 * 1.0.4, together with {@link Subscription}, which sees to it that one thread at a time signals.
 */
final class SubscriberReceiver implements Receiver, Flow.Subscription {

  private static final PresenceTransition RESYNC =
      new PresenceTransition(Kind.RESYNC, 0, Presence.NEVER);

  /** How much is requested and not yet told; {@link Long#MAX_VALUE} for all there will be. */
  private final AtomicLong demand = new AtomicLong();

  /** Null once nothing follows: nothing may keep it alive then (rule 3.13). */
  private volatile Flow.Subscriber<? super PresenceTransition> subscriber;

  /** What the subscription ends with; null if it completes. */
  private volatile Throwable failure;

  /** Set by {@link #begin}, before anybody else knows of this. */
  private Subscription subscription;

  SubscriberReceiver(Flow.Subscriber<? super PresenceTransition> subscriber) {
    this.subscriber = subscriber;
  }

  /** Calls {@code onSubscribe} on this thread; nothing else is signalled meanwhile. */
  void begin(Subscription ofThis) {
    subscription = ofThis;
    ofThis.runFirst(
        () -> {
          try {
            subscriber.onSubscribe(this);
          } catch (Throwable e) {
            cancel();
            throw e;
          }
        });
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("rule 3.9: a request must be for more than zero: n=" + n));
      return;
    }
    demand.getAndUpdate(before -> before > Long.MAX_VALUE - n ? Long.MAX_VALUE : before + n);
    subscription.deliver();
  }

  @Override
  public void cancel() {
    subscriber = null;
    subscription.close();
  }

  /** Ends the subscription by an error, unless it has ended. */
  void fail(Throwable cause) {
    if (!subscription.isClosed()) {
      failure = cause;
      subscription.end();
      subscription.deliver();
    }
  }

  @Override
  public boolean isReady() {
    return demand.get() > 0;
  }

  @Override
  public void receive(EventQueue.Event event) {
    Flow.Subscriber<? super PresenceTransition> receiver = subscriber;
    if (receiver == null) {
      return;
    }
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    try {
      receiver.onNext(transition(event));
    } catch (Throwable e) {
      cancel(); // rule 2.13
      throw e;
    }
  }

  private static PresenceTransition transition(EventQueue.Event event) {
    long epochSecond = Integer.toUnsignedLong(event.stamp);
    return switch (event.kind) {
      case EventQueue.ONLINE -> new PresenceTransition(Kind.ONLINE, event.userId, epochSecond);
      case EventQueue.OFFLINE -> new PresenceTransition(Kind.OFFLINE, event.userId, epochSecond);
      default -> RESYNC;
    };
  }

  @Override
  public boolean wantsEnd() {
    return true;
  }

  @Override
  public void end() {
    Flow.Subscriber<? super PresenceTransition> receiver = subscriber;
    Throwable cause = failure;
    subscriber = null;
    if (receiver == null) {
      return;
    }
    if (cause == null) {
      receiver.onComplete();
    } else {
      receiver.onError(cause);
    }
  }

  @Override
  public String name() {
    return "subscriber";
  }
}
