package dev.presence.internal.concurrent;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Reusable objects, each lent for the length of one call. Unlike a {@code ThreadLocal} it keeps a
 * bounded number of them, so a hundred thousand virtual threads cost nothing. A thread that finds
 * its place empty gets a new object.
 */
public final class Pool<T> {

  private static final int SPACING = 16; // references: a cache line or two each

  private final Supplier<T> factory;
  private final int size;
  private final AtomicReferenceArray<T> places;

  /** A pool whose objects this makes. */
  public Pool(Supplier<T> factory) {
    this.factory = factory;
    this.size = Stripes.perProcessor();
    this.places = new AtomicReferenceArray<>(size * SPACING);
  }

  /** Takes an object, which nobody else uses until it is given back. */
  public T take() {
    T pooled = places.getAndSet(place(), null);
    return pooled == null ? factory.get() : pooled;
  }

  /** Gives back an object that {@link #take} returned. */
  public void giveBack(T object) {
    places.setRelease(place(), object); // pairs with getAndSet in take
  }

  private int place() {
    return Stripes.ofThread(size) * SPACING;
  }
}
