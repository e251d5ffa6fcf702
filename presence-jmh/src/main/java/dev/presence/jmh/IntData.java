package dev.presence.jmh;

import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;

/** An {@code Integer} that Chronicle Map takes without boxing. Not thread-safe. */
final class IntData extends AbstractData<Integer> {

  private final BytesStore<?, byte[]> bytes = BytesStore.wrap(new byte[Integer.BYTES]);
  private int value;

  IntData of(int value) {
    this.value = value;
    return this;
  }

  int value() {
    return value;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared
  public void writeTo(RandomDataOutput target, long targetOffset) {
    target.writeInt(targetOffset, value);
  }

  @Override
  public RandomDataInput bytes() {
    bytes.writeInt(0, value);
    return bytes;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public long size() {
    return Integer.BYTES;
  }

  @Override
  public Integer get() {
    return value;
  }

  @Override
  public Integer getUsing(Integer using) {
    return value;
  }
}
