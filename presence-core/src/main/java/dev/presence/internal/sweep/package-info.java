/**
 * Who is removed, and when. {@link dev.presence.internal.sweep.Sweeper} removes the users who have
 * expired, a pass at a time; {@link dev.presence.internal.sweep.SweeperLoop} has it do so at the
 * pace of the sweep interval; {@link dev.presence.internal.sweep.Room} makes room in a full store.
 * All of them work on a {@link dev.presence.internal.store.StampStore}, whichever it is.
 */
package dev.presence.internal.sweep;
