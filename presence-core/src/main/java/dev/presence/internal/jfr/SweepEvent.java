package dev.presence.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("dev.presence.Sweep")
@Label("Sweep")
@Category("Presence")
@Description(
    "A full pass that removed users who had expired; the sweeper's own passes are spread over its"
        + " interval, so their duration is mostly pauses")
@StackTrace(false)
final class SweepEvent extends Event implements Events.Sweeping {

  @Label("Name")
  @Description("The name of the instance")
  String name;

  @Label("Removed Users")
  long removedUsers;

  @Label("Work Time")
  @Description("How long the pass worked, without pauses")
  @Timespan(Timespan.NANOSECONDS)
  long workTime;

  @Label("Makes Room")
  @Description("Whether a new user in a full store was the reason")
  boolean makesRoom;

  @Label("Failed")
  @Description("Whether an exception ended the pass")
  boolean failed;

  @Override
  public void ended(long removedUsers, long workNanos, boolean makesRoom, boolean hasFailed) {
    this.removedUsers = removedUsers;
    this.workTime = workNanos;
    this.makesRoom = makesRoom;
    this.failed = hasFailed;
    commit();
  }
}
