package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presence.Presence;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as a browser gets them, and what hostile clients get. */
class FriendsPageTest {

  private static final String SCRIPT = "<script>alert(1)</script>";

  /** What a file refers to: an address in the page, or an imported module. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href|from|import)=?\\s*\"(/[^\"?]*)");

  private static ServerFixture fixture;

  @BeforeAll
  static void start() throws IOException {
    fixture = new ServerFixture(1_000);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  static Stream<String> scripts() {
    return paths().filter(path -> path.endsWith(".js"));
  }

  static Stream<String> paths() {
    return Stream.concat(Stream.of("/"), FriendsPage.FILES.stream().map(name -> "/page/" + name));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void file_ofThePage_hasItsTypeAndIsGuarded(String path) throws Exception {
    HttpResponse<String> response = fixture.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Content-Type")).containsExactly(type(path));
    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-cache");
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/html; charset=utf-8";
    };
  }

  @Test
  void files_ofThePage_referToEachOtherAndNothingElse() throws Exception {
    TreeSet<String> used = new TreeSet<>();
    for (String path : paths().toList()) {
      String text = fixture.get(path).body();
      REFERENCE.matcher(text).results().forEach(reference -> used.add(reference.group(1)));
      assertThat(text.replace("http://www.w3.org/2000/svg", "")).as(path).doesNotContain("://");
    }

    assertThat(used).containsExactlyElementsOf(new TreeSet<>(paths().toList()));
  }

  @Test
  void files_besideThePage_areAllServed() throws Exception {
    Path folder = Path.of("src/main/resources/dev/presence/examples/http/page");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files.map(file -> file.getFileName().toString()).filter(n -> !n.equals("index.html")))
          .containsExactlyInAnyOrderElementsOf(FriendsPage.FILES);
    }
  }

  @Test
  void page_underItsPolicy_hasNothingInline() throws Exception {
    assertThat(fixture.get("/").body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|javascript:");
    for (String name : FriendsPage.FILES) {
      assertThat(fixture.get("/page/" + name).body())
          .as(name)
          .doesNotContainPattern(
              "(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void script_hasNoSyntaxError(String path) throws Exception {
    Path node = program("node");
    assumeTrue(node != null, "node on the path");

    Process check =
        new ProcessBuilder(node.toString(), "--input-type=module", "--check")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = check.getOutputStream()) {
      in.write(fixture.get(path).body().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(check.waitFor()).isZero();
  }

  /** Finds a program; null if there is none. */
  private static Path program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  @ParameterizedTest
  @CsvSource({
    "/page/nothing.js, nothing.js",
    "/page/index.html, index.html",
    "/page/..%2Fopenapi.json, ",
    "/page/%2e%2e%2fopenapi.json, ",
    "/page/Page.js, Page.js",
    "/page/page.js%00, ",
  })
  void file_notOfThePage_isA404(String path, String shown) throws Exception {
    HttpResponse<String> response = fixture.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    if (shown != null) {
      assertError(
          response,
          404,
          "file must be one of " + String.join(", ", FriendsPage.FILES) + ": file=" + shown);
    }
  }

  @Test
  void page_withAHostileQuery_isTheSameFile() throws Exception {
    String escaped = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

    assertThat(fixture.get("/?me=" + escaped + "&friends=" + escaped).body())
        .isEqualTo(fixture.get("/").body())
        .doesNotContain("alert(");
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /?me=" + "9".repeat(100_000) + " HTTP/1.1", "Host: x", "", "");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 414 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\":\"" + SCRIPT + "\"}",
        "{\"user_id\":" + SCRIPT + "}",
        "{\"user_ids\":[1,\"" + SCRIPT + "\"]}",
        "{digits}",
        "{text of digits}",
        "{depth}",
        "{depth beside}",
      })
  void heartbeat_withAHostileBody_storesNothing(String body) throws Exception {
    String hostile =
        switch (body) {
          case "{digits}" -> "{\"user_id\":" + "9".repeat(100_000) + "}";
          case "{text of digits}" -> "{\"user_id\":\"" + "9".repeat(100_000) + "\"}";
          case "{depth}" -> "[".repeat(100_000);
          case "{depth beside}" -> "{\"user_id\":1,\"x\":" + "[".repeat(50_000);
          default -> body;
        };

    assertRefusedAsText(fixture.post(hostile));
  }

  @Test
  void ids_inHostilePaths_storeNothing() throws Exception {
    for (String id : List.of("%3Cimg%20src=x%20onerror=alert(1)%3E", "9".repeat(20_000))) {
      for (String path :
          List.of("/disconnect/", "/heartbeat/", "/events?ids=", "/status/users?ids=")) {
        String method =
            path.equals("/disconnect/") ? "POST" : path.equals("/heartbeat/") ? "DELETE" : "GET";
        assertRefusedAsText(fixture.send(method, path + id, BodyPublishers.noBody()));
      }
    }
  }

  /** A browser that is led to such an answer shows it as it is, and runs nothing. */
  private static void assertRefusedAsText(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.body()).hasSizeLessThan(400);
    assertThat(fixture.presence.stats().trackedUsers()).isZero();
    assertThat(fixture.presence.lastSeen(1)).isEqualTo(Presence.NEVER);
  }

  @Test
  void disconnect_byABeacon_signsOut() throws Exception {
    try (ServerFixture own = new ServerFixture(1_000)) {
      own.post("{\"user_id\":1}");
      assertThat(own.presence.isOnline(1)).isTrue();

      assertThat(own.send("POST", "/disconnect/1", BodyPublishers.noBody()).statusCode())
          .isEqualTo(204);
      assertThat(own.presence.isOnline(1)).isFalse();
    }
  }
}
