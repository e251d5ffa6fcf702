package dev.presence.jmh.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One result of JMH.
 *
 * @param benchmark class and method
 * @param params values of the benchmark's parameters, by name
 * @param threads number of threads that ran the benchmark at the same time
 * @param score time of one invocation, in the benchmark's own unit
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Figure(
    String benchmark,
    Map<String, String> params,
    int threads,
    @JsonProperty("primaryMetric") Score score) {}
