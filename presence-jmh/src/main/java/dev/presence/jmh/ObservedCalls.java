package dev.presence.jmh;

import dev.presence.Presence;
import java.util.function.IntSupplier;

/** Which calls are made while somebody watches. */
public enum ObservedCalls {
  /** Users who are online, one by one. */
  HEARTBEAT("heartbeat"),

  /** Users who are online, a hundred at once. */
  HEARTBEATS_100("heartbeats 100"),

  /** The status of a hundred random users at once. */
  STATUS_100("status 100") {
    @Override
    IntSupplier over(KnownUsers users) {
      Presence presence = users.presence;
      Questions questions =
          new Questions(
              Questions.about(Ids.UNIFORM, users.users.length, KNOWN_PERCENT, TransitionLoad.BATCH),
              TransitionLoad.BATCH,
              0,
              1);
      boolean[] online = new boolean[TransitionLoad.BATCH];
      return () -> {
        for (int i = 0; i < QUESTIONS; i++) {
          presence.statusOf(questions.next(), online);
        }
        return QUESTIONS * TransitionLoad.BATCH;
      };
    }
  };

  private static final int KNOWN_PERCENT = 80;
  private static final int QUESTIONS = 10;

  private final String label;

  ObservedCalls(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Makes ready for calls over these users, each of which returns for how many users it was. */
  IntSupplier over(KnownUsers users) {
    return users::run;
  }
}
