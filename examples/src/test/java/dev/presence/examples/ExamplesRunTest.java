package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example as a reader would: in a fresh JVM, on a class path, without flags. */
@Timeout(180)
class ExamplesRunTest {

  @Test
  void quickStart_run_printsWhoIsOnline() throws Exception {
    assertThat(run(QuickStart.class))
        .containsExactly(
            "user 7 is online",
            "user 42 is online",
            "user 99 is offline",
            "after 0 s: [true, true]",
            "after 30 s: [false, true]",
            "7 was last seen at 2025-11-24T16:00:00Z",
            "99 was never seen: true",
            "within 5 minutes: [true, true]",
            "after signing out: false");
  }

  @Test
  void onlineDefinitions_run_printsEveryMeaning() throws Exception {
    assertThat(run(OnlineDefinitions.class))
        .containsExactly(
            "A phone beats once and falls silent. Is its user online?",
            "",
            "silent for   typing     here       recently   tier     listeners   a page",
            "             < 5 s      < 30 s     < 5 min             90 s grace  kept 1 day",
            "0 seconds    yes        yes        yes        here     yes         online",
            "5 seconds    no         yes        yes        here     yes         online",
            "30 seconds   no         no         yes        away     yes         "
                + "last seen 30 seconds ago",
            "1 minute     no         no         yes        away     yes         "
                + "last seen 1 minute ago",
            "2 minutes    no         no         yes        away     no          "
                + "last seen 2 minutes ago",
            "5 minutes    no         no         no         today    no          "
                + "last seen 5 minutes ago",
            "1 hour       no         no         no         today    no          "
                + "last seen 1 hour ago",
            "1 day        no         no         no         OFFLINE  no          offline",
            "",
            "Five friends in one call:",
            "",
            "user 1: here",
            "user 2: here",
            "user 3: away",
            "user 4: today",
            "user 5: OFFLINE");
  }

  @Test
  void batchLookup_run_agreesWithSingleLookups() throws Exception {
    List<String> lines = run(BatchLookup.class);

    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("500 friends, 255 of them online");
    assertThat(lines.get(1)).isEqualTo("both ways give the same answers: true");
    assertThat(lines.get(2)).matches("one batch took \\d+ us on average");
    assertThat(lines.get(3)).matches("500 single lookups took \\d+ us on average");
    assertThat(lines.get(4))
        .isEqualTo("This shows how to call it; the benchmarks are in presence-jmh.");
  }

  @Test
  void seedLoad_oneSecond_printsRatesAndPercentiles() throws Exception {
    List<String> lines = run(SeedLoad.class, "1", "1000");

    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).matches("1,000,000 users came online in [\\d,]+ ms");
    assertThat(lines.get(1)).matches(" +1 s: +[\\d,]+ heartbeats, +[\\d,]+ friend lists");
    assertThat(lines.get(2)).matches("heartbeats a second: [\\d,]+");
    assertThat(lines.get(3))
        .matches("lookups a second: [\\d,]+ lists of 20, which is [\\d,]+ users");
    assertThat(lines.get(4)).matches("microseconds +p50 +p90 +p99 +p99\\.9 +max");
    assertThat(lines.get(5)).matches("heartbeat, the call itself( +\\d+\\.\\d){5}");
    assertThat(lines.get(6)).matches("lookup, the call itself( +\\d+\\.\\d){5}");
    assertThat(lines.get(7)).matches("lookup, since it was due( +\\d+\\.\\d){5}");
    assertThat(lines.get(8)).isEqualTo("online: 1,000,000 users");
    assertThat(lines.get(9)).matches("off-heap: [\\d,]+ bytes, \\d+\\.\\d a user");
  }

  @Test
  void seedLoad_badArguments_areRefusedInOneLine() throws Exception {
    String usage = "; usage: SeedLoad [seconds [friend lists a second]]";

    assertThat(refusal(SeedLoad.class, "ten"))
        .isEqualTo("seconds must be 1 to 86400: seconds=ten" + usage);
    assertThat(refusal(SeedLoad.class, "0"))
        .isEqualTo("seconds must be 1 to 86400: seconds=0" + usage);
    assertThat(refusal(SeedLoad.class, "1", "-5"))
        .isEqualTo("lists must be 1 to 1000000: lists=-5" + usage);
    assertThat(refusal(SeedLoad.class, "1", "2", "3"))
        .isEqualTo("arguments must be at most 2: arguments=3" + usage);
  }

  @Test
  void presenceServer_terminated_endsCleanly() throws Exception {
    try (JavaProcess server = JavaProcess.start(PresenceServer.class, "0")) {
      String line = server.readLine();
      assertThat(line).matches("presence server listens on http://127\\.0\\.0\\.1:\\d+");
      assertThat(server.readLine()).isEqualTo("press Ctrl-C to stop it");

      assertThat(post(uri(line), 42)).isEqualTo(204);
      assertThat(get(uri(line), "/status/users?ids=42,7")).isEqualTo("{\"42\":true,\"7\":false}");

      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.readLines()).isEmpty();
      assertThat(server.stderr()).isEmpty();
    }
  }

  @Test
  void presenceServer_withAFolder_survivesItsRestart(@TempDir Path folder) throws Exception {
    String option = "--persist-to=" + folder;
    try (JavaProcess server = JavaProcess.start(PresenceServer.class, option, "0")) {
      assertThat(post(uri(server.readLine()), 42)).isEqualTo(204);
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
    }
    try (JavaProcess server =
        JavaProcess.start(PresenceServer.class, "--cors-origin=*", option, "0")) {
      assertThat(get(uri(server.readLine()), "/status/users?ids=42,7"))
          .isEqualTo("{\"42\":true,\"7\":false}");
    }
  }

  @Test
  void surviveRestart_run_findsEverybodyAgain() throws Exception {
    List<String> lines = run(SurviveRestart.class);

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("the first process has been killed");
    assertThat(lines.get(1)).matches("the second one opened in \\d+ ms");
    assertThat(lines.get(2)).isEqualTo("online: 100,000 of 100,000 users");
    assertThat(lines.get(3)).matches("files: \\[lock, snapshot\\.\\d+, snapshot\\.\\d+\\]");
  }

  @Test
  void whoCameWhoWent_run_tellsOfEachPart() throws Exception {
    assertThat(run(WhoCameWhoWent.class))
        .containsExactly(
            "a friends list",
            "  at the start: [7]",
            "  42 has come: [7, 42]",
            "  7 has signed out: [42]",
            "a slow listener",
            "  waiting: 1024 events",
            "  resync: forget [7, 42]",
            "  in the end: [42]",
            "  told: 1026 events, resyncs: 1",
            "a phone that flaps",
            "  after   0 s: heartbeat, status online, friends list: [7]",
            "  after  40 s: silence, status offline, friends list: [7]",
            "  after  50 s: heartbeat, status online, friends list: [7]",
            "  after  90 s: silence, status offline, friends list: [7]",
            "  after 100 s: heartbeat, status online, friends list: [7]",
            "  after 180 s: silence, status offline, friends list: [7]",
            "  after 190 s: silence, status offline, friends list: []",
            "  told: 2 events");
  }

  @Test
  void observability_run_printsMetersAndEvents() throws Exception {
    assertThat(run(Observability.class))
        .containsExactly(
            "no room for a new user: maxUsers=3 trackedUsers=3 refused=1",
            "swept: 3",
            "meters",
            "  presence_heartbeats_rejected_heartbeats_total{name=\"chat\"} 1.0",
            "  presence_users_free_users{name=\"chat\"} 2.0",
            "  presence_users_online_users{name=\"chat\"} 1.0",
            "  presence_users_swept_users_total{name=\"chat\"} 3.0",
            "  presence_users_tracked_users{name=\"chat\"} 1.0",
            "events of the recording",
            "  chat was opened for 3 users",
            "  a sweep of chat for a new user removed 0",
            "  chat was full, heartbeats refused: 1",
            "  a sweep of chat removed 3");
  }

  @Test
  void presenceServer_badArguments_areRefusedInOneLine() throws Exception {
    String usage =
        "; usage: PresenceServer [--persist-to=folder] [--cors-origin=origin] [--redis=uri]"
            + " [--redis-prefix=prefix] [port [host [stop-with-parent]]]";

    assertThat(refusal(PresenceServer.class, "http"))
        .isEqualTo("port must be 0 to 65535: port=http" + usage);
    assertThat(refusal(PresenceServer.class, "65536"))
        .isEqualTo("port must be 0 to 65535: port=65536" + usage);
    assertThat(refusal(PresenceServer.class, "--cors-origin=me", "0"))
        .isEqualTo("cors-origin must be * or a scheme and a host: cors-origin=me" + usage);
    assertThat(refusal(PresenceServer.class, "0", "no host"))
        .isEqualTo("host must be known: host=no host" + usage);
    assertThat(refusal(PresenceServer.class, "0", "127.0.0.1", "go"))
        .isEqualTo("argument must be stop-with-parent: argument=go" + usage);
    assertThat(refusal(PresenceServer.class, "0", "127.0.0.1", "stop-with-parent", "go"))
        .isEqualTo("arguments must be at most 3: arguments=4" + usage);
  }

  @Test
  void presenceServer_portTaken_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        JavaProcess server =
            JavaProcess.start(
                PresenceServer.class, Integer.toString(taken.getLocalPort()), "0.0.0.0")) {
      assertThat(server.readLines()).isEmpty();
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.stderr().lines()).hasSize(1);
      assertThat(server.stderr())
          .startsWith("cannot listen on http://0.0.0.0:" + taken.getLocalPort() + ": ");
    }
  }

  /** The address in the first line that a server prints. */
  private static URI uri(String line) {
    return URI.create(line.substring(line.indexOf("http:")));
  }

  private static int post(URI server, long userId) throws Exception {
    HttpRequest heartbeat =
        HttpRequest.newBuilder(server.resolve("/heartbeat"))
            .POST(BodyPublishers.ofString("{\"user_id\":" + userId + "}"))
            .build();
    return HttpClient.newHttpClient().send(heartbeat, BodyHandlers.ofString()).statusCode();
  }

  private static String get(URI server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static List<String> run(Class<?> main, String... args) throws Exception {
    try (JavaProcess process = JavaProcess.start(main, args)) {
      List<String> lines = process.readLines();
      assertThat(process.stderr()).isEmpty();
      assertThat(process.exitCode()).isZero();
      return lines;
    }
  }

  private static String refusal(Class<?> main, String... args) throws Exception {
    try (JavaProcess process = JavaProcess.start(main, args)) {
      assertThat(process.readLines()).isEmpty();
      assertThat(process.exitCode()).isEqualTo(2);
      return process.stderr().stripTrailing();
    }
  }
}
