/**
 * The figures of a presence for Micrometer, and so for Prometheus and many others: see {@link
 * dev.presence.micrometer.PresenceMetrics}.
 *
 * <p>Needs Micrometer, {@code io.micrometer:micrometer-core}, which the application brings. The
 * rest of the library does without it. A module that uses this package requires {@code
 * micrometer.core}, too.
 */
@NullMarked
package dev.presence.micrometer;

import org.jspecify.annotations.NullMarked;
