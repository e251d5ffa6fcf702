package app;

import dev.presence.Presence;

/** Exits normally if the library says why it does not open. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    String name = String.join(".", "net", "openhft"); // the tool renames constants
    String expected =
        name + " must not be relocated: class=shaded." + name + ".chronicle.map.ChronicleMap";
    String message = "it opened";
    try (Presence presence = Presence.open()) {
      presence.recordHeartbeat(7);
    } catch (IllegalStateException e) {
      message = e.getMessage();
    }
    if (!message.equals(expected)) {
      throw new IllegalStateException("unexpected message: message=" + message);
    }
  }
}
