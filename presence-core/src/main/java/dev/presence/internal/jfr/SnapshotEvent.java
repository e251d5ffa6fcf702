package dev.presence.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.presence.Snapshot")
@Label("Snapshot")
@Category("Presence")
@Description("A snapshot was written, or failed")
@StackTrace(false)
final class SnapshotEvent extends Event implements Events.Writing {

  @Label("Name")
  @Description("The name of the instance")
  String name;

  @Label("Users")
  @Description("Users in the snapshot; 0 if it failed")
  long users;

  @Label("File Size")
  @Description("The size of the file; 0 if it failed")
  @DataAmount
  long bytes;

  @Label("Failed")
  boolean failed;

  @Override
  public void ended(long users, long bytes, boolean hasFailed) {
    this.users = users;
    this.bytes = bytes;
    this.failed = hasFailed;
    commit();
  }
}
