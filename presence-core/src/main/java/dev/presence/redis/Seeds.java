package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import java.util.List;

/** Servers that are asked, one after the other, where the log is. */
final class Seeds {

  private Seeds() {}

  /**
   * The first answer. Each server has its share of the time that is left, so that one that is
   * silent leaves some for the others.
   *
   * @param servers one or more
   * @throws LogException if none answers: why the last one did not, and the others besides
   */
  static <T> T firstAnswer(List<RedisURI> servers, Deadline deadline, Question<T> question)
      throws LogException {
    StringBuilder reasons = new StringBuilder();
    for (int i = 0; i < servers.size(); i++) {
      try {
        return question.ask(servers.get(i), deadline.shared(servers.size() - i));
      } catch (LogException e) {
        reasons.append(i == 0 ? "" : "; ").append(e.getMessage());
      }
    }
    throw new LogException(reasons.toString());
  }

  /** What to ask. */
  interface Question<T> {

    T ask(RedisURI server, Deadline deadline) throws LogException;
  }
}
