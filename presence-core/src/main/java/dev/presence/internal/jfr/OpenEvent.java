package dev.presence.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.presence.Open")
@Label("Presence Opened")
@Category("Presence")
@Description("A presence was opened; the duration is that of open()")
final class OpenEvent extends Event implements Events.Opening {

  @Label("Name")
  @Description("The name of the instance")
  String name;

  @Label("Maximum of Users")
  @Description("How many users fit at once")
  long maxUsers;

  @Label("Memory Off Heap")
  @DataAmount
  long offHeapBytes;

  @Label("Tracked Users")
  @Description("Users known from a snapshot")
  long trackedUsers;

  @Label("Lock-Free")
  @Description("Whether reads, and heartbeats of tracked users, take no lock")
  boolean lockFree;

  @Override
  public void opened(long maxUsers, long offHeapBytes, long trackedUsers, boolean isLockFree) {
    this.maxUsers = maxUsers;
    this.offHeapBytes = offHeapBytes;
    this.trackedUsers = trackedUsers;
    this.lockFree = isLockFree;
    commit();
  }
}
