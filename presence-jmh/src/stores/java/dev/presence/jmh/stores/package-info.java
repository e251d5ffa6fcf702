/**
 * The stores that the design of this library considers (MariaDB, Redis and DynamoDB), each with its
 * real server and used as its own users would, beside this library.
 *
 * <p>{@link dev.presence.jmh.stores.StoreType} opens all of them as {@link
 * dev.presence.jmh.stores.PresenceStore}. A server is one that already runs, or one that {@link
 * dev.presence.jmh.stores.StartedServer} starts in a process and a folder of its own and leaves
 * nothing of. Only the Maven profile {@code stores} downloads and compiles any of this.
 *
 * <p>DynamoDB Local is an emulator: its times say what a call costs on this machine, not what the
 * service would take.
 */
package dev.presence.jmh.stores;
