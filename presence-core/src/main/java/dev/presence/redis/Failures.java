package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisCommandExecutionException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Says in an operator's words why something failed. No exception of the client goes on as a cause,
 * and no more of a server's answer than its first words, because either may quote what was sent,
 * passwords among it.
 *
 * @param server where, without secrets
 * @param secrets what no message may hold
 */
record Failures(String server, List<String> secrets) {

  /** The step before any command. */
  static final String CONNECT = "connect";

  private static final int LONGEST_ANSWER = 200;

  /** What a server says before it quotes the command. */
  private static final String QUOTATION = ", with args beginning with";

  /** Nobody answered in time. */
  LogException late(String step, Deadline deadline) {
    return new LogException(
        "server must answer in time: server=%s step=%s millis=%d"
            .formatted(server, step, deadline.allowedMillis()));
  }

  /** The library closes, or somebody has interrupted its thread. */
  LogException interrupted(String step) {
    return new LogException(
        "thread must not be interrupted: server=%s step=%s".formatted(server, step));
  }

  /** Something that should be otherwise, seen without an exception. */
  LogException of(String rule, String name, String value) {
    return new LogException("%s: server=%s %s=%s".formatted(rule, server, name, clean(value)));
  }

  /**
   * What the client or a server says.
   *
   * @param step the command, or what else was done
   */
  LogException of(Throwable failure, String step) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause;
      if (cause instanceof RedisCommandExecutionException && cause.getMessage() != null) {
        return answer(cause.getMessage(), step);
      }
    }
    return new LogException(
        "%s: server=%s step=%s cause=%s"
            .formatted(rule(failure, deepest, step), server, step, clean(text(deepest))));
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }

  private static String rule(Throwable failure, Throwable deepest, String step) {
    if (deepest instanceof UnknownHostException) {
      return "host must be known";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "server must prove who it is, and agree on TLS";
      }
    }
    return step.equals(CONNECT) ? "server must be reachable" : "connection must last";
  }

  private LogException answer(String answer, String step) {
    return new LogException(
        "%s: server=%s step=%s answer=%s".formatted(rule(answer), server, step, clean(answer)));
  }

  private static String rule(String answer) {
    int space = answer.indexOf(' ');
    String code = space < 0 ? answer : answer.substring(0, space);
    return switch (code) {
      case "WRONGPASS", "NOAUTH" -> "user name and password must be right";
      case "NOPERM" -> "user must have the permissions that RedisLog names";
      case "OOM" -> "server must have memory left";
      case "WRONGTYPE" -> "key of the log must hold a stream";
      case "MOVED", "ASK", "READONLY", "TRYAGAIN" -> "server must own the log, and as a master";
      case "CLUSTERDOWN", "MASTERDOWN", "LOADING" -> "server must be ready";
      case "MISCONF", "NOREPLICAS" -> "server must accept writes";
      default ->
          answer.contains("without any password configured")
              ? "user name and password must be right"
              : "server must accept the command";
    };
  }

  private String clean(String text) {
    String cleaned = text;
    int quotation = cleaned.indexOf(QUOTATION);
    if (quotation >= 0) {
      cleaned = cleaned.substring(0, quotation);
    }
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, "***");
    }
    cleaned = cleaned.replaceAll("\\p{Cntrl}+", " ");
    return cleaned.length() > LONGEST_ANSWER ? cleaned.substring(0, LONGEST_ANSWER) : cleaned;
  }
}
