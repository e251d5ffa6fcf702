/**
 * Who listens to transitions, and how they are told. The store finds out who comes and who goes
 * ({@link dev.presence.internal.store.TransitionFeed}); {@link
 * dev.presence.internal.transitions.Dispatcher} fetches that and puts it into the queue of each
 * {@link dev.presence.internal.transitions.Subscription}, whose executor runs its {@link
 * dev.presence.internal.transitions.Receiver}: a listener, or a subscriber of {@link
 * java.util.concurrent.Flow}. {@link dev.presence.internal.transitions.Transitions} is the door.
 */
package dev.presence.internal.transitions;
