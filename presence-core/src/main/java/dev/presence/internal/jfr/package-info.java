/**
 * What happens in an instance, as events of JDK Flight Recorder: see {@link
 * dev.presence.internal.jfr.Events}. The JVM may lack the module {@code jdk.jfr}; {@link
 * dev.presence.internal.jfr.Recorder} sees to that.
 */
package dev.presence.internal.jfr;
