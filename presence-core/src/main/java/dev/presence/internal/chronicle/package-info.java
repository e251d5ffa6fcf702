/**
 * All of Chronicle Map: the only package that names a class of {@code net.openhft}. {@link
 * dev.presence.internal.chronicle.UserMap} reserves the memory and says in a {@link
 * dev.presence.internal.chronicle.MapLayout} where everything lies in it; {@link
 * dev.presence.internal.chronicle.ChronicleStore} is the store that goes through Chronicle's API.
 */
package dev.presence.internal.chronicle;
