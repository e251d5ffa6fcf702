package dev.presence.jmh;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured with a {@link Crowd}. Times are nanoseconds, sizes bytes.
 *
 * @param users how many there were
 * @param threads how many filled, and asked where a row says so
 * @param openNanos of {@code open}
 * @param offHeap by the presence's own account
 * @param fillNanos of each tenth
 * @param count of everybody who is online, after the fill
 * @param memory before {@code open} and after the fill
 * @param calls a row for each call and number of threads
 * @param idle a sweep that finds nobody
 * @param sweep the one that removes a tenth
 * @param tracked after it
 * @param afterwards questions about those who have gone, and those who have not
 */
record CrowdFigures(
    long users,
    int threads,
    long openNanos,
    long offHeap,
    List<Long> fillNanos,
    Pass count,
    Memory memory,
    List<Call> calls,
    Pass idle,
    Pass sweep,
    long tracked,
    List<Call> afterwards) {

  /** How many users a walk over the whole map counted or removed. */
  record Pass(long users, long nanos) {}

  /**
   * What was called.
   *
   * @param name of the call, with the size of a batch
   * @param hasAnswers whether there was one for each user, to be checked
   * @param work of all threads, in steps of {@link Crowd#BATCH} users
   */
  record Call(String name, boolean hasAnswers, Crew.Work work) {

    long users() {
      return work.steps() * Crowd.BATCH;
    }
  }

  /**
   * The process, before and after.
   *
   * @param resident growth of the memory that is no file's; -1 if unknown
   * @param huge how much of it is in huge pages, after; -1 if unknown
   * @param heapBefore used, after a collection
   * @param heapAfter the same
   * @param largestHeap what this JVM may use
   * @param collections while users came
   * @param collectionMillis what these took together
   */
  record Memory(
      long resident,
      long huge,
      long heapBefore,
      long heapAfter,
      long largestHeap,
      long collections,
      long collectionMillis) {}

  long fillTotal() {
    return fillNanos.stream().mapToLong(Long::longValue).sum();
  }

  /** How many answers were checked. */
  long answers() {
    return all().filter(Call::hasAnswers).mapToLong(Call::users).sum();
  }

  /** How many of them were wrong. */
  long wrong() {
    return all().mapToLong(call -> call.work().wrong()).sum();
  }

  private Stream<Call> all() {
    return Stream.concat(calls.stream(), afterwards.stream());
  }
}
