package dev.presence;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

/**
 * The tests that Reactive Streams has for publishers. Transitions have no end of their own, so the
 * presence closes when each subscriber has as many as a test wants. These are TestNG's tests.
 */
public class TransitionsTckTest extends FlowPublisherVerification<PresenceTransition> {

  /** Only what fails waits so long. */
  private static final long LIMIT_MILLIS = 20_000;

  /** So long nothing may come that must not come. */
  private static final long QUIET_MILLIS = 50;

  /** So long an error may take: by a slip of the TCK it looks only once. */
  private static final long POLL_MILLIS = 500;

  /** After so long nothing may refer to a subscriber that has cancelled. */
  private static final long GARBAGE_MILLIS = 500;

  /** A test that wants more elements than this cancels before. */
  private static final int MOST_USERS = 50;

  private final Queue<Presence> presences = new ConcurrentLinkedQueue<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();

  public TransitionsTckTest() {
    super(new TestEnvironment(LIMIT_MILLIS, QUIET_MILLIS, POLL_MILLIS), GARBAGE_MILLIS);
  }

  @AfterMethod
  public void closePresences() {
    for (Presence presence; (presence = presences.poll()) != null; ) {
      presence.close();
    }
  }

  @AfterClass
  public void stopExecutor() {
    executor.shutdownNow();
  }

  /** Makes a presence in which so many users are online, or the most. */
  private Presence presenceOf(long users) {
    Presence presence =
        Presence.builder().maxUsers(MOST_USERS).clock(new ManualClock(1_764_000_000L)).open();
    presences.add(presence);
    presence.recordHeartbeats(LongStream.range(0, Math.min(users, MOST_USERS)).toArray());
    return presence;
  }

  @Override
  public Flow.Publisher<PresenceTransition> createFlowPublisher(long elements) {
    Presence presence = presenceOf(elements);
    Flow.Publisher<PresenceTransition> transitions = presence.transitions(executor);
    AtomicInteger unfinished = new AtomicInteger();
    return subscriber -> {
      if (subscriber == null || elements == 0) {
        transitions.subscribe(subscriber);
        presence.close();
        return;
      }
      unfinished.incrementAndGet();
      Runnable finish =
          () -> {
            if (unfinished.decrementAndGet() == 0) {
              presence.close();
            }
          };
      transitions.subscribe(new Counting(subscriber, elements, finish));
    };
  }

  @Override
  public Flow.Publisher<PresenceTransition> createFailedFlowPublisher() {
    Presence presence = presenceOf(1);
    Flow.Publisher<PresenceTransition> transitions = presence.transitions(executor);
    presence.close();
    return transitions;
  }

  /** An optional test, in which each subscriber completes at a moment of its own. */
  @Override
  @Test
  public void
      optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
    throw new SkipException("a presence closes for all subscribers at once");
  }

  /** Passes everything on, and does something after so many elements. */
  private static final class Counting implements Flow.Subscriber<PresenceTransition> {

    private final Flow.Subscriber<? super PresenceTransition> subscriber;
    private final Runnable finish;
    private long left;

    Counting(
        Flow.Subscriber<? super PresenceTransition> subscriber, long elements, Runnable finish) {
      this.subscriber = subscriber;
      this.left = elements;
      this.finish = finish;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(PresenceTransition transition) {
      subscriber.onNext(transition);
      left--;
      if (left == 0) {
        finish.run();
      }
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
