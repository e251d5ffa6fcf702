package dev.presence.jmh;

import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;

/** A {@code Long} that Chronicle Map takes without boxing. Not thread-safe. */
final class LongData extends AbstractData<Long> {

  private final BytesStore<?, byte[]> bytes = BytesStore.wrap(new byte[Long.BYTES]);
  private long value;

  LongData of(long value) {
    this.value = value;
    return this;
  }

  @Override
  public long hash(LongHashFunction function) {
    return function.hashLong(value);
  }

  @Override
  public boolean equivalent(RandomDataInput source, long sourceOffset) {
    return source.readLong(sourceOffset) == value;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared
  public void writeTo(RandomDataOutput target, long targetOffset) {
    target.writeLong(targetOffset, value);
  }

  @Override
  public RandomDataInput bytes() {
    bytes.writeLong(0, value);
    return bytes;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public long size() {
    return Long.BYTES;
  }

  @Override
  public Long get() {
    return value;
  }

  @Override
  public Long getUsing(Long using) {
    return value;
  }
}
