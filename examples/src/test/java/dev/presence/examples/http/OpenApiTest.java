package dev.presence.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description that is served describes the routes that are served. */
class OpenApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private ServerFixture fixture;
  private JsonNode description;

  @BeforeEach
  void read() throws Exception {
    fixture = new ServerFixture(1_000);
    HttpResponse<String> response = fixture.get("/openapi.json");
    ServerFixture.assertOk(response, response.body());
    description = JSON.readTree(response.body());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void operations_areTheRoutes() {
    List<String> routes =
        new PresenceApi(
                fixture.presence,
                new SharedTask<>("count", fixture.presence::onlineCount),
                new SharedTask<>("scrape", () -> new byte[0]),
                false)
            .routes().stream().map(route -> route.method() + " " + route.path()).toList();

    assertThat(operations())
        .extracting(operation -> operation.method() + " " + operation.path())
        .containsExactlyElementsOf(routes);
  }

  @Test
  void references_leadSomewhere() {
    List<JsonNode> references = description.findValues("$ref");

    assertThat(references).isNotEmpty();
    for (JsonNode reference : references) {
      assertThat(description.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  @Test
  void examples_getAnAnswerThatIsDescribed() throws Exception {
    fixture.post("{\"user_id\":123}");

    for (Operation operation : operations()) {
      String body =
          operation.node().at("/requestBody/content/application~1json/example").toString();
      boolean isStream = !operation.node().findPath("text/event-stream").isMissingNode();
      String method = isStream ? "HEAD" : operation.method(); // the body has no end
      HttpResponse<String> response =
          fixture.send(method, target(operation), BodyPublishers.ofString(body));

      JsonNode described =
          operation.node().path("responses").path(Integer.toString(response.statusCode()));
      assertThat(described.isObject()).as(operation + ": " + response).isTrue();
      assertThat(response.statusCode()).isLessThan(300);
      String type = response.headers().firstValue("Content-Type").orElse("");
      assertThat(described.path("content").fieldNames().hasNext()).isEqualTo(!type.isEmpty());
      if (!type.isEmpty()) {
        assertThat(type).startsWith(described.path("content").fieldNames().next());
      }
    }
  }

  @Test
  void limits_areThoseOfTheServer() {
    assertThat(description.findValues("maxItems"))
        .isNotEmpty()
        .allMatch(limit -> limit.asInt() == Limits.IDS);
  }

  @Test
  void health_ofAStoreThatSharesItsUsers_isOneOfThoseDescribed() throws Exception {
    JsonNode described = description.findValue("replication").path("enum");

    assertThat(described).hasSize(2);
    for (boolean isLinked : new boolean[] {true, false}) {
      assertThat(described).contains(JSON.readTree(Responses.health(isLinked)).get("replication"));
    }
  }

  private String target(Operation operation) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (JsonNode given : operation.node().path("parameters")) {
      JsonNode parameter =
          given.has("$ref") ? description.at(given.path("$ref").asText().substring(1)) : given;
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path")) {
        path = path.replace("{" + name + "}", parameter.path("example").asText());
      } else {
        List<String> values = new ArrayList<>();
        parameter.path("example").forEach(value -> values.add(value.asText()));
        query.add(name + "=" + String.join(",", values));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operations.add(
                                new Operation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    operation.getValue()))));
    return operations;
  }

  private record Operation(String method, String path, JsonNode node) {}
}
