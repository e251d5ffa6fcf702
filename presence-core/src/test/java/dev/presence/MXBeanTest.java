package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures as JMX shows them. */
class MXBeanTest {

  private static final long START = 1_764_000_000L;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ManualClock clock = new ManualClock(START);

  private PresenceBuilder builder(String name) {
    return Presence.builder()
        .name(name)
        .clock(clock)
        .maxUsers(10)
        .sweepInterval(Duration.ZERO)
        .registerMXBean(true);
  }

  private static ObjectName objectName(String name) throws Exception {
    return new ObjectName("dev.presence:type=Presence,name=" + ObjectName.quote(name));
  }

  private PresenceMXBean bean(String name) throws Exception {
    return JMX.newMXBeanProxy(server, objectName(name), PresenceMXBean.class);
  }

  @Test
  void attributes_areTheStatistics() throws Exception {
    try (Presence presence = builder("figures").open()) {
      presence.recordHeartbeats(new long[] {1, 2, 3});
      presence.recordHeartbeat(4, START - 29);
      clock.advance(1);
      presence.sweep();
      PresenceMXBean bean = bean("figures");
      assertThat(bean.getName()).isEqualTo("figures");
      assertThat(bean.getTrackedUsers()).isEqualTo(3);
      assertThat(bean.getOnlineUsers()).isEqualTo(3);
      assertThat(bean.getMaxUsers()).isEqualTo(10);
      assertThat(bean.getSweptUsers()).isEqualTo(1);
      assertThat(bean.getSnapshotAgeMillis()).isEqualTo(Presence.NEVER);
      assertAttributes("", presence.stats());
      assertAttributes("Replication", presence.stats().replication());
    }
  }

  private void assertAttributes(String prefix, Record figures) throws Exception {
    for (RecordComponent component : figures.getClass().getRecordComponents()) {
      if (component.getType() != ReplicationStats.class) {
        assertThat(server.getAttribute(objectName("figures"), prefix + attribute(component)))
            .as(component.getName())
            .isEqualTo(component.getAccessor().invoke(figures));
      }
    }
  }

  @Test
  void attributes_beyondTheStatistics_areTheNameAndWhoIsOnline() throws Exception {
    try (Presence presence = builder("attributes").open()) {
      Set<String> names =
          Arrays.stream(server.getMBeanInfo(objectName(presence.name())).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .collect(Collectors.toSet());
      for (RecordComponent component : PresenceStats.class.getRecordComponents()) {
        names.remove(attribute(component));
      }
      for (RecordComponent component : ReplicationStats.class.getRecordComponents()) {
        names.remove("Replication" + attribute(component));
      }
      assertThat(names).containsExactlyInAnyOrder("Name", "OnlineUsers");
    }
  }

  private static String attribute(RecordComponent component) {
    String name = component.getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  @Test
  void open_unlessAsked_registersNothing() throws Exception {
    try (Presence presence = builder("unasked").registerMXBean(false).open()) {
      assertThat(server.isRegistered(objectName(presence.name()))).isFalse();
    }
  }

  @Test
  void name_withCharactersOfObjectNames_isQuoted() throws Exception {
    String name = "friends,of=\"7\"*?\n";
    try (Presence presence = builder(name).open()) {
      assertThat(bean(name).getName()).isEqualTo(presence.name());
    }
  }

  @Test
  void close_makesRoomForTheNext_andTheSecondTimeDoesNotTouchIt() throws Exception {
    Presence first = builder("next").open();
    first.close();
    assertThat(server.isRegistered(objectName("next"))).isFalse();
    try (Presence second = builder("next").open()) {
      first.close();
      second.recordHeartbeat(1);
      assertThat(bean("next").getTrackedUsers()).isEqualTo(1);
    }
    assertThat(server.isRegistered(objectName("next"))).isFalse();
  }

  @Test
  void close_afterSomebodyElseTookTheBeanOut_works() throws Exception {
    Presence presence = builder("gone").open();
    server.unregisterMBean(objectName("gone"));
    presence.close();
    assertThatThrownBy(() -> presence.isOnline(1)).hasMessage("presence is closed");
  }

  @Test
  void open_nameIsTaken_leavesNothingBehind(@TempDir Path folder) throws Exception {
    Path kept = folder.resolve("kept");
    PresenceBuilder second = builder("taken").persistTo(kept).sweepInterval(Duration.ofSeconds(10));
    try (Presence first = builder("taken").open()) {
      first.recordHeartbeat(1);
      assertThatThrownBy(second::open)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage(
              "name must be free among the MXBeans: name=taken"
                  + " objectName=dev.presence:type=Presence,name=\"taken\"");
      assertThat(kept).doesNotExist();
      assertThat(threads()).noneMatch(name -> name.startsWith("taken-sweeper"));
      assertThat(bean("taken").getTrackedUsers()).isEqualTo(1);
    }
    try (Presence presence = second.open()) {
      assertThat(presence.isOnline(1)).isFalse();
      assertThat(Files.exists(kept)).isTrue();
    }
  }

  /** Where another one is faster after the check: then all has to be given back. */
  @Test
  void open_nameIsTakenMeanwhile_leavesNothingBehind(@TempDir Path folder) throws Exception {
    Path kept = folder.resolve("kept");
    Presence[] faster = new Presence[1];
    PresenceBuilder slow =
        builder("raced")
            .persistTo(kept)
            .clock(
                () -> {
                  if (faster[0] == null) {
                    faster[0] = builder("raced").open();
                  }
                  return clock.instant();
                });
    assertThatThrownBy(slow::open)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("name must be free among the MXBeans: name=raced");
    assertThat(bean("raced").getTrackedUsers()).isZero();
    faster[0].close();
    try (Presence presence = builder("raced").persistTo(kept).open()) {
      assertThat(presence.stats().trackedUsers()).isZero();
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }
}
