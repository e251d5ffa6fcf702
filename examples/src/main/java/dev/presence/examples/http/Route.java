package dev.presence.examples.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What one method does on one path.
 *
 * @param method such as GET, which serves HEAD too
 * @param path fixed, or with {@code {id}} as its last segment
 * @param action answers
 */
record Route(String method, String path, Action action) {

  /** Answers at once, on the thread of the connection: it must not wait or take long. */
  static Route of(String method, String path, QuickAction action) {
    return new Route(
        method,
        path,
        (request, id) -> CompletableFuture.completedStage(action.answer(request, id)));
  }

  /** Every method of these routes, as a header lists them. */
  static String methods(List<Route> routes) {
    return routes.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
  }

  /** Answers now or later, on any thread. */
  @FunctionalInterface
  interface Action {
    CompletionStage<Answer> answer(Request request, String id) throws HttpProblem;
  }

  /** Answers now. */
  @FunctionalInterface
  interface QuickAction {
    Answer answer(Request request, String id) throws HttpProblem;
  }
}
