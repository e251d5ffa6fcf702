package dev.presence.jmh;

/**
 * What a number of users takes.
 *
 * @param offHeapBytes what the store itself says that it holds outside the Java heap
 * @param heapBytes growth of the used Java heap, after garbage collection
 * @param residentBytes growth of the process's resident memory, or {@link #UNKNOWN}
 */
record Footprint(long offHeapBytes, long heapBytes, long residentBytes) {

  static final long UNKNOWN = Long.MIN_VALUE;

  String toLine() {
    return offHeapBytes + " " + heapBytes + " " + residentBytes;
  }

  static Footprint parse(String line) {
    String[] fields = line.split(" ", -1);
    return new Footprint(
        Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
  }
}
