package dev.presence.internal;

import static java.util.Comparator.comparingLong;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A history of several nodes and few users that a seed makes up: calls, exchanges, and what happens
 * to links, logs, clocks and nodes. In the end the trouble stops and {@link SimulationVerdict} says
 * whether the nodes agree with each other and with what happened.
 */
final class Simulation {

  static final long WINDOW_SECONDS = 30;
  static final long EXCHANGE_MILLIS = 200;

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final int USERS = 6;
  private static final int STEPS = 250;

  /** What may go wrong. */
  enum Kind {
    CALM,
    CLOCKS_APART,
    TROUBLE,
    TROUBLE_AND_CLOCKS_APART,
    LOSS,
    CLOCKS_SET;

    /** Clocks that are set while the log is away are too much: see the package. */
    boolean hasTrouble() {
      return this != CALM && this != CLOCKS_APART && this != CLOCKS_SET;
    }

    boolean hasClocksApart() {
      return this == CLOCKS_APART || this == TROUBLE_AND_CLOCKS_APART || this == CLOCKS_SET;
    }

    /** Whether things get lost that only later heartbeats can bring back. */
    boolean losesForGood() {
      return this == LOSS || this == CLOCKS_SET;
    }
  }

  final Kind kind;
  final SimulatedNode.Config config;
  final List<SimulatedUser> users = new ArrayList<>();
  final List<SimulatedMember> members = new ArrayList<>();
  private final Random random;
  private final MemoryLog log;
  private final long nanosAhead;
  private final int busyPercent;
  private final boolean isLocked;
  private final SimulationVerdict verdict = new SimulationVerdict(this);
  private long millis = START_MILLIS;
  private int created;
  private SimulatedMember exchanging;
  private boolean isOver;
  private long calmMillis;

  Simulation(long seed) {
    random = new Random(seed);
    kind = Kind.values()[(int) Math.floorMod(seed, (long) Kind.values().length)];
    int publishSeconds = random.nextInt(3) == 0 ? 5 : 1;
    int retentionSeconds = random.nextInt(3) == 0 ? 90 : 30;
    config = new SimulatedNode.Config(WINDOW_SECONDS, retentionSeconds, publishSeconds, 200);
    nanosAhead = random.nextBoolean() ? -START_MILLIS * 1_000_000 - 20_000_000_000L : 0;
    busyPercent = random.nextInt(4) == 0 ? 100 : 20 + random.nextInt(40);
    isLocked = random.nextInt(4) == 0;
    log = kind == Kind.LOSS ? new MemoryLog(() -> millis, new Loss()) : new MemoryLog(this::millis);
    for (int i = 0; i < USERS; i++) {
      users.add(new SimulatedUser(random.nextBoolean() ? i : random.nextLong()));
    }
    for (int i = 3 + random.nextInt(3); i > 0; i--) {
      join();
    }
  }

  /** Frames that are lost, for all or for some. */
  private final class Loss implements MemoryLog.Trouble {
    @Override
    public int copies() {
      return isOver ? 1 : random.nextInt(10) == 0 ? random.nextInt(3) : 1;
    }

    @Override
    public int placesBack() {
      return !isOver && random.nextInt(10) == 0 ? random.nextInt(4) : 0;
    }
  }

  long millis() {
    return millis;
  }

  long seconds() {
    return Math.floorDiv(millis, 1_000L);
  }

  private void join() {
    if (isLocked) {
      System.setProperty(StoreOpener.STORE_PROPERTY, StoreOpener.LOCKED);
    }
    try {
      members.add(newMember());
    } finally {
      System.clearProperty(StoreOpener.STORE_PROPERTY);
    }
  }

  private SimulatedMember newMember() {
    SimulatedMember member =
        new SimulatedMember(
            ++created,
            log,
            this::millis,
            () -> millis * 1_000_000 + nanosAhead,
            random,
            this::callMeanwhile,
            config,
            kind.hasClocksApart() ? ahead() : 0);
    member.nextExchangeMillis = millis + random.nextInt((int) EXCHANGE_MILLIS);
    return member;
  }

  private long ahead() {
    long hours = random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0;
    return hours * 3_600_000 + random.nextInt(3_000) - 1_500;
  }

  /** Lets it all happen, and checks. */
  void run() {
    try {
      for (int step = 0; step < STEPS; step++) {
        pass(random.nextInt(8) == 0 ? random.nextInt(1_500) : random.nextInt(120));
        if (random.nextInt(100) < busyPercent) {
          call(anyMember());
        }
        if (random.nextInt(25) == 0) {
          trouble();
        }
        verdict.checkTakers();
      }
      calmDown();
      if (kind.losesForGood() || random.nextBoolean()) {
        lastWords();
      }
      pass(2 * EXCHANGE_MILLIS); // two exchanges of each
      verdict.checkUncontested();
      pass(8 * EXCHANGE_MILLIS); // a disconnect of the same second waits for what defends it
      verdict.check();
    } finally {
      members.forEach(member -> member.node.close());
    }
  }

  /** Lets time pass, and the exchanges that are due in it happen. */
  private void pass(long length) {
    long end = millis + length;
    while (true) {
      SimulatedMember next =
          members.stream().min(comparingLong(member -> member.nextExchangeMillis)).orElseThrow();
      if (next.nextExchangeMillis > end) {
        break;
      }
      millis = Math.max(millis, next.nextExchangeMillis);
      exchange(next);
      next.nextExchangeMillis = millis + EXCHANGE_MILLIS;
      verdict.checkTakers();
    }
    millis = end;
  }

  private void exchange(SimulatedMember member) {
    exchanging = member;
    long begun = millis;
    List<Integer> taken = users.stream().map(user -> user.calls.size()).toList();
    member.node.exchange();
    exchanging = null;
    if (member.isLinked()) {
      for (int i = 0; i < users.size(); i++) {
        users.get(i).published(member, begun, taken.get(i));
      }
    } else {
      member.troubledMillis = millis;
    }
  }

  private void callMeanwhile() {
    if (exchanging != null && !isOver && random.nextInt(100) < busyPercent / 4) {
      call(exchanging);
    }
  }

  private SimulatedMember anyMember() {
    return members.get(random.nextInt(members.size()));
  }

  private void call(SimulatedMember member) {
    SimulatedUser user = users.get(random.nextInt(USERS));
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> heartbeat(user, member);
      case 3 -> batch(member);
      case 4 -> lateHeartbeat(user, member);
      case 5 -> {
        disconnect(user, member);
        heartbeat(user, random.nextBoolean() ? member : anyMember()); // a page loaded anew
      }
      default -> disconnect(user, member);
    }
  }

  private void heartbeat(SimulatedUser user, SimulatedMember member) {
    member.node.presence().recordHeartbeat(user.id);
    user.heartbeat(member, millis, seconds());
  }

  private void batch(SimulatedMember member) {
    List<SimulatedUser> some = users.stream().filter(user -> random.nextInt(3) == 0).toList();
    member.node.presence().recordHeartbeats(some.stream().mapToLong(user -> user.id).toArray());
    some.forEach(user -> user.heartbeat(member, millis, seconds()));
  }

  private void lateHeartbeat(SimulatedUser user, SimulatedMember member) {
    long late = random.nextInt(20);
    long second = Math.floorDiv(member.millis(), 1_000L) - late;
    member.node.presence().recordHeartbeat(user.id, second);
    user.heartbeat(member, millis, seconds() - late);
  }

  private void disconnect(SimulatedUser user, SimulatedMember member) {
    member.node.presence().disconnect(user.id);
    user.disconnect(member, millis);
  }

  private void trouble() {
    SimulatedMember member = anyMember();
    switch (random.nextInt(7)) {
      case 0 -> replace(member);
      case 1 -> {
        if (kind.hasTrouble()) {
          member.link.setDown(!member.link.isDown());
        }
      }
      case 2 -> {
        if (kind.hasTrouble()) {
          log.setReachable(random.nextInt(3) != 0);
        }
      }
      case 3 -> {
        if (kind.hasTrouble()) {
          member.link.setTrouble(random.nextInt(30), random.nextInt(60), random.nextInt(30));
        }
      }
      case 4 -> member.link.setTrouble(0, 0, 0);
      case 5 -> lose();
      default -> setClock(member);
    }
    if (random.nextBoolean()) {
      log.setReachable(true);
    }
  }

  private void lose() {
    if (kind == Kind.LOSS) {
      if (random.nextInt(3) == 0) {
        log.clear();
      } else {
        log.trim(random.nextInt(20));
      }
    }
  }

  private void setClock(SimulatedMember member) {
    if (kind == Kind.CLOCKS_SET) {
      long before = member.aheadMillis;
      member.aheadMillis = ahead();
      if (Math.abs(member.aheadMillis - before) < 600) {
        member.aheadMillis += 3_000; // less than half a second is no clock that was set
      }
      member.setMillis = millis;
    }
  }

  /** A node ends, perhaps without a farewell, and a new one comes. */
  private void replace(SimulatedMember member) {
    if (random.nextBoolean()) {
      exchange(member);
      if (random.nextBoolean()) {
        exchange(member);
      }
    }
    member.node.close();
    member.isGone = true;
    members.remove(member);
    join();
  }

  private void calmDown() {
    isOver = true;
    log.setReachable(true);
    for (SimulatedMember member : members) {
      member.link.setDown(false);
      member.link.setTrouble(0, 0, 0);
    }
    if (kind != Kind.CALM) {
      pass(4_000); // longer than links wait to be tried again, and than an answer takes
    }
  }

  /** Some users come once more, and some of them go. */
  private void lastWords() {
    calmMillis = millis;
    for (SimulatedUser user : users) {
      heartbeat(user, anyMember());
    }
    pass(6_000);
    for (SimulatedUser user : users) {
      if (random.nextBoolean()) {
        disconnect(user, anyMember());
      }
    }
  }

  String describe() {
    return "kind=" + kind + " config=" + config + " locked=" + isLocked + " now=" + millis;
  }

  /** When the trouble stopped. */
  long calmMillis() {
    return calmMillis;
  }

  /** What a node says of a user. */
  String answers(SimulatedMember member, SimulatedUser user) {
    return member
        + ": ahead="
        + member.aheadMillis
        + " online="
        + member.node.presence().isOnline(user.id)
        + " lastSeen="
        + member.node.presence().lastSeen(user.id);
  }
}
