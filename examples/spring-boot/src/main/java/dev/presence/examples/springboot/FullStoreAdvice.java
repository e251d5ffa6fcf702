package dev.presence.examples.springboot;

import dev.presence.PresenceBuilder;
import dev.presence.PresenceFullException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * A full store is a 503 that says when to try again. Spring itself answers bad requests with a
 * {@link ProblemDetail}: see {@code spring.mvc.problemdetails.enabled}.
 */
@RestControllerAdvice
class FullStoreAdvice {

  /** Room comes back as users expire and the next sweep removes them. */
  private static final String RETRY_SECONDS =
      Long.toString(PresenceBuilder.DEFAULT_SWEEP_INTERVAL.toSeconds());

  @ExceptionHandler
  ResponseEntity<ProblemDetail> full(PresenceFullException e) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage()));
  }
}
