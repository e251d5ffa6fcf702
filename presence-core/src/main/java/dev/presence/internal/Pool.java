package dev.presence.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Reusable objects for the length of one call each. Unlike a {@code ThreadLocal} it keeps a bounded
 * number of them, however many threads come by, so that a hundred thousand virtual threads cost
 * nothing; a thread that finds its place taken makes an object of its own.
 */
final class Pool<T> {

  private static final int SPACING = 16; // references: a cache line or two each

  private final Supplier<T> factory;
  private final int size;
  private final AtomicReferenceArray<T> places;

  Pool(Supplier<T> factory) {
    this.factory = factory;
    this.size = Stripes.perProcessor();
    this.places = new AtomicReferenceArray<>(size * SPACING);
  }

  /** An object that nobody else uses until it is given back. */
  T take() {
    T pooled = places.getAndSet(place(), null);
    return pooled == null ? factory.get() : pooled;
  }

  void giveBack(T object) {
    places.setRelease(place(), object); // pairs with getAndSet in take
  }

  private int place() {
    return Stripes.ofThread(size) * SPACING;
  }
}
