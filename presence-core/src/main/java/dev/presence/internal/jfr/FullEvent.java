package dev.presence.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.presence.Full")
@Label("Presence Full")
@Category("Presence")
@Description("A new user found no room; told at most once a second, whatever was refused meanwhile")
final class FullEvent extends Event {

  @Label("Name")
  @Description("The name of the instance")
  String name;

  @Label("Maximum of Users")
  @Description("How many users fit at once")
  long maxUsers;

  @Label("Tracked Users")
  long trackedUsers;

  @Label("Rejected Heartbeats")
  @Description("All heartbeats refused since the instance was opened, those not told of included")
  long rejectedHeartbeats;
}
