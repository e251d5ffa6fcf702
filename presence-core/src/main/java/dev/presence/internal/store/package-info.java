/**
 * What a store of stamps is, whatever it is made of. The door is {@link
 * dev.presence.internal.store.StampStore}: user id to stamp, a segment at a time where all users
 * are concerned. The rest is what goes in and comes out: {@link
 * dev.presence.internal.store.Stamp}s, {@link dev.presence.internal.store.Batch}es, the {@link
 * dev.presence.internal.store.UserCount} and the {@link dev.presence.internal.store.SweepTask} that
 * decides whom a sweep removes.
 */
package dev.presence.internal.store;
