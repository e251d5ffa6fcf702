package dev.presence.jmh.stores;

/** A store is not usable; the message names the store and the reason. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Names the store, what failed, and the cause. */
  StoreUnavailableException(String store, String what, Throwable cause) {
    super(store + ": " + what + ": " + reason(cause), cause);
  }

  /** Names the store and what is wrong. */
  StoreUnavailableException(String store, String what) {
    super(store + ": " + what);
  }

  /** Collects the messages of all causes, because drivers wrap what happened. */
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
