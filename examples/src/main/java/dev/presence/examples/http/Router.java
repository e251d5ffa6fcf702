package dev.presence.examples.http;

import dev.presence.PresenceFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Finds the route of a request, and turns whatever goes wrong there into an answer. Safe for use by
 * any number of threads if the routes are.
 */
final class Router {

  private static final String ID = "{id}";

  private final Map<String, Map<String, Route.Action>> paths = new LinkedHashMap<>();
  private final boolean answersOptions;
  private final Duration untilPlacesAreFree;
  private final Faults faults;

  /**
   * Serves these routes.
   *
   * @param routes what to serve
   * @param answersOptions whether OPTIONS is answered on every path, as browsers need it
   * @param untilPlacesAreFree what a client is told that finds the store full
   * @param faults is told of exceptions that no client is to blame for
   */
  Router(List<Route> routes, boolean answersOptions, Duration untilPlacesAreFree, Faults faults) {
    this.answersOptions = answersOptions;
    this.untilPlacesAreFree = untilPlacesAreFree;
    this.faults = faults;
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
          .put(route.method(), route.action());
    }
  }

  /** Never throws, and the answer always comes. */
  CompletionStage<Answer> answer(Request request) {
    try {
      return find(request).exceptionally(this::answerTo);
    } catch (Throwable e) {
      return CompletableFuture.completedStage(answerTo(e));
    }
  }

  private CompletionStage<Answer> find(Request request) throws HttpProblem {
    String path = request.path();
    Map<String, Route.Action> methods = paths.get(path);
    String id = "";
    int lastSegment = path.lastIndexOf('/') + 1;
    if (methods == null && lastSegment < path.length()) {
      methods = paths.get(path.substring(0, lastSegment) + ID);
      id = path.substring(lastSegment);
    }
    if (methods == null) {
      throw new HttpProblem(
          404,
          "path must be one of "
              + String.join(", ", paths.keySet())
              + ": path="
              + HttpProblem.shown(path));
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Route.Action action = methods.get(method);
    if (action != null) {
      return action.answer(request, id);
    }
    List<String> allowed = allowed(methods);
    Answer answer =
        answersOptions && method.equals("OPTIONS")
            ? Answer.NOTHING
            : Answer.error(
                405,
                "method must be "
                    + String.join(" or ", allowed)
                    + ": method="
                    + HttpProblem.shown(request.method()));
    return CompletableFuture.completedStage(answer.with("Allow", String.join(", ", allowed)));
  }

  private List<String> allowed(Map<String, Route.Action> methods) {
    List<String> allowed = new ArrayList<>(methods.keySet());
    if (methods.containsKey("GET")) {
      allowed.add("HEAD");
    }
    if (answersOptions) {
      allowed.add("OPTIONS");
    }
    return allowed;
  }

  private Answer answerTo(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof HttpProblem problem) {
      return Answer.error(problem);
    }
    if (cause instanceof PresenceFullException full) {
      return Answer.error(503, full.getMessage())
          .with("Retry-After", Long.toString(untilPlacesAreFree.toSeconds()));
    }
    faults.log("a request has failed with 503", cause);
    return Answer.error(503, "the service has a fault, which its log describes");
  }
}
