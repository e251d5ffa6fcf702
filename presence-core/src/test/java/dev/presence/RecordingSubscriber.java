package dev.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Writes down what it is signalled, and says so if two signals come at the same time. */
class RecordingSubscriber implements Flow.Subscriber<PresenceTransition> {

  private final long firstRequest;
  private final List<String> signals = new ArrayList<>();
  private volatile Flow.Subscription subscription;
  private boolean isInside;

  /**
   * Requests something in {@code onSubscribe}.
   *
   * @param firstRequest how much; 0 for no request
   */
  RecordingSubscriber(long firstRequest) {
    this.firstRequest = firstRequest;
  }

  /** What a test does in {@code onSubscribe}, after the first request. */
  void subscribed() {}

  /** What a test does with an element. */
  void next(PresenceTransition transition) {}

  /** What a test does at the end. */
  void ended() {}

  @Override
  public final void onSubscribe(Flow.Subscription newSubscription) {
    enter("subscribed");
    subscription = newSubscription;
    try {
      if (firstRequest != 0) {
        newSubscription.request(firstRequest);
      }
      subscribed();
    } finally {
      leave();
    }
  }

  @Override
  public final void onNext(PresenceTransition transition) {
    String seconds =
        transition.epochSecond() == Presence.NEVER ? "never" : "" + transition.epochSecond();
    enter(transition.kind() + " " + transition.userId() + " " + seconds);
    try {
      next(transition);
    } finally {
      leave();
    }
  }

  @Override
  public final void onError(Throwable failure) {
    enter(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    try {
      ended();
    } finally {
      leave();
    }
  }

  @Override
  public final void onComplete() {
    enter("complete");
    try {
      ended();
    } finally {
      leave();
    }
  }

  private synchronized void enter(String signal) {
    signals.add(isInside ? "not alone: " + signal : signal);
    isInside = true;
  }

  private synchronized void leave() {
    isInside = false;
  }

  Flow.Subscription subscription() {
    return subscription;
  }

  void request(long n) {
    subscription.request(n);
  }

  /** How many signals have come and were not taken. */
  synchronized int count() {
    return signals.size();
  }

  /** What has come since the last call of this. */
  synchronized List<String> takeSignals() {
    List<String> taken = List.copyOf(signals);
    signals.clear();
    return taken;
  }
}
