/**
 * The stores that the design of this library walked through (MariaDB, Redis and DynamoDB), each
 * with its real server and written as its own users would write it, beside this library.
 *
 * <p>All of them are behind {@link dev.presence.jmh.stores.PresenceStore} and are opened by {@link
 * dev.presence.jmh.stores.StoreType}. A server is started by {@link
 * dev.presence.jmh.stores.ServerKind} as a process of its own on the loopback address, in a folder
 * of its own, and leaves neither behind; or it is one that is there already. Only the Maven profile
 * {@code stores} downloads and compiles any of this.
 *
 * <p>DynamoDB Local answers as DynamoDB does, but it is an emulator: its times say what a call
 * costs on this machine, not what the service would take.
 */
package dev.presence.jmh.stores;
