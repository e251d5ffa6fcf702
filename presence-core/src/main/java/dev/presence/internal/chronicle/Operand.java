package dev.presence.internal.chronicle;

import java.util.function.LongFunction;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;

/**
 * A number of 8 or 4 bytes that a map writes and hashes as it does a {@code Long} or an {@code
 * Integer}. Reused from call to call, so that no call boxes its arguments.
 */
final class Operand<T> extends AbstractData<T> {
  private final LongFunction<T> boxed;
  private final boolean isLong;
  private final BytesStore<?, byte[]> bytes;
  private long number;

  /** Makes this the operand of the next operation. */
  Operand<T> of(long next) {
    number = next;
    return this;
  }

  Operand(int size, LongFunction<T> boxed) {
    this.boxed = boxed;
    this.isLong = size == Long.BYTES;
    this.bytes = BytesStore.wrap(new byte[size]);
  }

  @Override
  public RandomDataInput bytes() {
    writeTo(bytes, 0);
    return bytes;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public long size() {
    return bytes.capacity();
  }

  @Override
  public long hash(LongHashFunction function) {
    return isLong ? function.hashLong(number) : function.hashInt((int) number);
  }

  @Override
  public boolean equivalent(RandomDataInput source, long sourceOffset) {
    return number == (isLong ? source.readLong(sourceOffset) : source.readInt(sourceOffset));
  }

  @Override
  @SuppressWarnings("rawtypes") // as it is declared
  public void writeTo(RandomDataOutput target, long targetOffset) {
    if (isLong) {
      target.writeLong(targetOffset, number);
    } else {
      target.writeInt(targetOffset, (int) number);
    }
  }

  @Override
  public T get() {
    return boxed.apply(number);
  }

  @Override
  public T getUsing(T using) {
    return get();
  }
}
