package dev.presence.internal.replication;

import dev.presence.internal.store.StampStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Answers the requests of other nodes. Whoever can answer offers to, and waits until the others'
 * offers have come; of all who have offered, the one with the smallest id answers. Two who answer
 * do no harm.
 *
 * <p>All nodes read an answer, so that the log needs no second way. It costs each of them 2 to 11
 * bytes a user over the network, and the log keeps it for its horizon. For one thread.
 */
final class Responder {

  private static final int DRAINS_TO_WAIT = 3;

  /** Frames of an answer that go into one drain. */
  private static final int FRAMES_A_DRAIN = 16;

  /** Older requests were answered by others, or nobody waits for the answer any more. */
  private static final long OLDEST_EXCHANGES = 5;

  private static final long SLACK_MILLIS = 4_000;

  private static final int MOST_REMEMBERED = 256;

  private final StampStore store;
  private final FrameFactory frames;
  private final LogClock clock;
  private final Figures figures;
  private final long nodeId;
  private final long oldestMillis;

  private final Set<Frame.Answer> known = new LinkedHashSet<>();
  private final Map<Frame.Answer, Offered> offered = new LinkedHashMap<>();
  private final Deque<Accepted> accepted = new ArrayDeque<>();

  /** The answer under way; null if there is none. */
  private StoreScan scan;

  /** What is asked for, who has offered to answer, and the drains since this node knows. */
  private static final class Offered {
    final Frame.Request request;
    final long logMillis;
    final TreeSet<Long> nodes = new TreeSet<>();
    int drains;

    Offered(Frame.Request request, long logMillis) {
      this.request = request;
      this.logMillis = logMillis;
    }
  }

  private record Accepted(Frame.Answer answer, Frame.Request request) {}

  Responder(
      StampStore store,
      FrameFactory frames,
      LogClock clock,
      Figures figures,
      long nodeId,
      Duration exchangeInterval) {
    this.store = store;
    this.frames = frames;
    this.clock = clock;
    this.figures = figures;
    this.nodeId = nodeId;
    this.oldestMillis = SLACK_MILLIS + OLDEST_EXCHANGES * exchangeInterval.toMillis();
  }

  /** An answer under way begins anew, because parts of it may not have got to the log. */
  void unlinked() {
    scan = null;
  }

  /** Takes from a frame what concerns requests of others. */
  void read(Frame frame) {
    for (Frame.Request request : frame.requests) {
      Frame.Answer answer = new Frame.Answer(frame.nodeId, request.number());
      if (known.add(answer)) {
        forgetEldest();
        offered.put(answer, new Offered(request, frame.logMillis));
      }
    }
    for (Frame.Answer offer : frame.offers) {
      Offered to = offered.get(offer);
      if (to != null) {
        to.nodes.add(frame.nodeId);
      }
    }
  }

  private void forgetEldest() {
    if (known.size() > MOST_REMEMBERED) {
      Iterator<Frame.Answer> eldest = known.iterator();
      Frame.Answer answer = eldest.next();
      eldest.remove();
      offered.remove(answer);
    }
  }

  /** Hands on offers and parts of answers. */
  void drain(long nodeMillis, boolean canAnswer, Consumer<byte[]> out) {
    Iterator<Map.Entry<Frame.Answer, Offered>> all = offered.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Frame.Answer, Offered> entry = all.next();
      Offered offer = entry.getValue();
      boolean isTooOld = clock.toLogMillis(nodeMillis) - offer.logMillis > oldestMillis;
      if (offer.drains == 0 && canAnswer && !isTooOld) {
        offer.nodes.add(nodeId);
        out.accept(frames.offer(nodeMillis, entry.getKey()));
      }
      if (offer.drains++ == DRAINS_TO_WAIT) {
        if (offer.nodes.contains(nodeId) && offer.nodes.first() == nodeId) {
          accepted.add(new Accepted(entry.getKey(), offer.request));
        }
        all.remove();
      }
    }
    answer(nodeMillis, out);
  }

  private void answer(long nodeMillis, Consumer<byte[]> out) {
    for (int sent = 0; sent < FRAMES_A_DRAIN && !accepted.isEmpty(); sent++) {
      Accepted first = accepted.getFirst();
      if (scan == null) {
        scan =
            new StoreScan(
                store,
                clock.toNodeSecond(first.request().fromSecond()),
                clock.toNodeSecond(first.request().toSecond()));
      }
      int count = scan.next();
      if (count > 0) {
        figures.sentUsers.add(count);
        out.accept(frames.stamps(nodeMillis, scan.userIds, scan.seconds, count));
      }
      if (scan.isDone()) {
        out.accept(frames.answered(nodeMillis, first.answer()));
        accepted.removeFirst();
        scan = null;
      }
    }
  }
}
