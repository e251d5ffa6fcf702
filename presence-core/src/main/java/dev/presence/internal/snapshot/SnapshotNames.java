package dev.presence.internal.snapshot;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files in a folder. */
final class SnapshotNames {

  private static final long BEYOND_COUNTING = 100_000_000_000_000_000L;

  private static final Pattern WHOLE = Pattern.compile("snapshot\\.(0|[1-9]\\d{0,17})");
  private static final Pattern TEMPORARY = Pattern.compile("snapshot\\.(0|[1-9]\\d{0,17})\\.tmp");
  private static final Pattern DAMAGED = Pattern.compile("damaged\\.(0|[1-9]\\d{0,17})");

  private SnapshotNames() {}

  static String whole(long number) {
    return "snapshot." + number;
  }

  static String temporary(long number) {
    return whole(number) + ".tmp";
  }

  static String damaged(long number) {
    return "damaged." + number;
  }

  /** The number of a whole snapshot, if this is the name of one. */
  static OptionalLong ofWhole(String name) {
    return number(WHOLE, name);
  }

  static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /**
   * A number larger than that of any file, but for those that nobody can have counted up to: they
   * are somebody else's, and numbers must not run out for them.
   */
  static long nextNumber(Collection<String> names) {
    return 1
        + names.stream()
            .mapToLong(SnapshotNames::anyNumber)
            .filter(number -> number < BEYOND_COUNTING)
            .max()
            .orElse(-1);
  }

  /** The number in any of our names, or -1. */
  private static long anyNumber(String name) {
    for (Pattern pattern : new Pattern[] {WHOLE, TEMPORARY, DAMAGED}) {
      OptionalLong number = number(pattern, name);
      if (number.isPresent()) {
        return number.getAsLong();
      }
    }
    return -1;
  }

  private static OptionalLong number(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
