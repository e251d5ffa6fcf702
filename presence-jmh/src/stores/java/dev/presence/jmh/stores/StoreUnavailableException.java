package dev.presence.jmh.stores;

/** A store cannot be used: the message names it and says why. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With the store, what was tried, and what came of it. */
  StoreUnavailableException(String store, String what, Throwable cause) {
    super(store + ": " + what + ": " + reason(cause), cause);
  }

  /** With the store and what is missing. */
  StoreUnavailableException(String store, String what) {
    super(store + ": " + what);
  }

  /** What the innermost causes say, as drivers wrap what happened in what they were doing. */
  private static String reason(Throwable cause) {
    String text = text(cause);
    for (Throwable inner = cause.getCause(); inner != null; inner = inner.getCause()) {
      if (!text.contains(text(inner))) {
        text += " (" + text(inner) + ")";
      }
    }
    return text.lines().findFirst().orElse(text);
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.strip();
  }
}
