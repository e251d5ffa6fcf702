package dev.presence.examples.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page that shows who of some friends is online: {@code /}, with {@code ?me=1&friends=2,3,4} to
 * begin with. Its files come from the class path, by a fixed list of names, so no path that a
 * client sends reaches a file system. Safe for use by any number of threads.
 *
 * <ul>
 *   <li><strong>Live.</strong> {@code GET /events} tells the page who comes and goes. After a lost
 *       connection, a sleep or a visit to the back-forward cache it connects anew and gets a new
 *       snapshot. It tells a dead connection by the silence: the server says the time every 15
 *       seconds.
 *   <li><strong>Hidden tabs.</strong> A page beats while it can be seen, every 10 seconds or a
 *       third of a shorter online window. Browsers slow the timers of a hidden tab down to one a
 *       minute, which is slower than the window, so a hidden tab does not pretend: it neither beats
 *       nor listens, and its user goes offline with the window. It beats at once when it is seen
 *       again.
 *   <li><strong>Two tabs.</strong> A page that is left signs its user out, by {@code POST
 *       /disconnect}, unless another tab of that user is open in this browser; tabs keep a list of
 *       themselves in the local storage. Other browsers and devices are not in the list, so a page
 *       subscribes to its own user too, and beats at once when that one goes offline.
 *   <li><strong>Hostile names.</strong> Whatever somebody types or puts into an address is shown as
 *       text, and the policy forbids every script and style that is not in a file of the server.
 * </ul>
 */
final class FriendsPage {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String INDEX = "index.html";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** The files that are served, besides the one of {@code /}. */
  static final List<String> FILES =
      List.of(
          "theme.css",
          "page.css",
          "friends.css",
          "icon.svg",
          "page.js",
          "beats.js",
          "clock.js",
          "connection.js",
          "friends.js",
          "ids.js",
          "names.js",
          "tabs.js");

  private final Answer index = read(INDEX);
  private final Map<String, Answer> files = new LinkedHashMap<>();

  FriendsPage() {
    FILES.forEach(name -> files.put(name, read(name)));
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/", (request, id) -> index), Route.of("GET", "/page/{id}", this::file));
  }

  private Answer file(Request request, String name) throws HttpProblem {
    Answer file = files.get(name);
    if (file == null) {
      throw new HttpProblem(
          404,
          "file must be one of " + String.join(", ", FILES) + ": file=" + HttpProblem.shown(name));
    }
    return file;
  }

  private static Answer read(String name) {
    try (InputStream file = FriendsPage.class.getResourceAsStream("page/" + name)) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return Answer.ok(type, file.readAllBytes())
          .with("Content-Security-Policy", POLICY)
          .with("Referrer-Policy", "no-referrer")
          // Not no-store: browsers keep no such page to go back to.
          .with("Cache-Control", "no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
