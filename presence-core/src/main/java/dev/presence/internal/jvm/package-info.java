/**
 * What Chronicle Map asks of the JVM, and what the JVM notices of it. {@link
 * dev.presence.internal.jvm.ChronicleStartup} prepares the JVM before the first class of Chronicle
 * is initialised; {@link dev.presence.internal.jvm.ChronicleShutdown} takes back what Chronicle
 * starts, when the last store is closed; {@link dev.presence.internal.jvm.ChronicleVersions} names
 * jars that do not fit; {@link dev.presence.internal.jvm.HugePages} asks for pages that suit a
 * large map. Classes of Chronicle are named by strings here, so that none is loaded early.
 */
package dev.presence.internal.jvm;
