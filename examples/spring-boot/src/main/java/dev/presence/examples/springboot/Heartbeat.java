package dev.presence.examples.springboot;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * What a client sends to say that it is alive.
 *
 * @param userId any {@code long}; other fields are ignored, so clients may add some
 */
record Heartbeat(@JsonProperty("user_id") @NotNull Long userId) {}
