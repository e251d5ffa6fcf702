package dev.presence.internal.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Users by second. Heartbeats of an exchange interval are of one second or two; late ones can be of
 * any, so from a number of groups on, users go to a common list without a second. For one thread.
 */
final class SecondGroups {

  private static final int MOST_GROUPS = 16;

  private final LongSort sort = new LongSort();
  private final List<Group> groups = new ArrayList<>();
  private final Group others = new Group(sort);
  private int used;

  /** The users of one second, in any order and perhaps twice. */
  static final class Group {
    long second;
    long[] userIds = new long[64];
    int size;
    private final LongSort sort;

    Group(LongSort sort) {
      this.sort = sort;
    }

    void add(long userId) {
      if (size == userIds.length) {
        userIds = Arrays.copyOf(userIds, 2 * size);
      }
      userIds[size++] = userId;
    }

    /** Sorts the users, and leaves each there once. */
    void sort() {
      sort.sort(userIds, size);
      int kept = Math.min(1, size);
      for (int i = 1; i < size; i++) {
        if (userIds[i] != userIds[kept - 1]) {
          userIds[kept++] = userIds[i];
        }
      }
      size = kept;
    }
  }

  void add(long userId, long second) {
    groupOf(second).add(userId);
  }

  private Group groupOf(long second) {
    for (int i = used - 1; i >= 0; i--) {
      if (groups.get(i).second == second) {
        return groups.get(i);
      }
    }
    if (used == MOST_GROUPS) {
      return others;
    }
    if (used == groups.size()) {
      groups.add(new Group(sort));
    }
    Group group = groups.get(used++);
    group.second = second;
    return group;
  }

  List<Group> groups() {
    return groups.subList(0, used);
  }

  /** Users of further seconds. */
  Group others() {
    return others;
  }

  /** Empties this; keeps the memory unless it was much. */
  void clear() {
    for (int i = 0; i < used; i++) {
      groups.get(i).size = 0;
    }
    used = 0;
    others.size = 0;
    if (others.userIds.length > 1 << 16) {
      others.userIds = new long[64];
    }
  }
}
