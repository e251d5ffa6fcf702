package dev.presence.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("dev.presence.Resync")
@Label("Resync")
@Category("Presence")
@Description("Events for a listener were dropped, and it is told everything anew")
@StackTrace(false)
final class ResyncEvent extends Event {

  @Label("Name")
  @Description("The name of the instance")
  String name;

  @Label("Of Everybody")
  @Description("Whether the listener asked for all users")
  boolean ofEverybody;

  @Label("Queued Events")
  @Description("Events that wait for the listener; at the limit it was too slow")
  int queuedEvents;

  @Label("Queue Limit")
  @Description("How many events may wait for the listener")
  int queueLimit;

  @Label("Lag")
  @Description("How long the oldest of them has waited")
  @Timespan(Timespan.MILLISECONDS)
  long lag;
}
