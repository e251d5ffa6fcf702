package dev.presence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.presence.internal.PresenceFactory;
import dev.presence.internal.PresenceSettings;
import dev.presence.redis.RedisLog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Checks on the compiled classes how packages and classes depend on each other, and which internals
 * are public so that other packages can use them.
 */
class ArchitectureTest {

  private static final String INTERNAL = "dev.presence.internal";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.presence");

  @Test
  void packages_haveNoCycles() {
    assertThat(cycles(MAIN, JavaClass::getPackageName)).isEmpty();
  }

  @Test
  void classes_haveNoCycles() {
    assertThat(cycles(MAIN, ArchitectureTest::outermost)).isEmpty();
  }

  @Test
  void cycle_ofTwoClasses_isFound() {
    JavaClasses cycle = new ClassFileImporter().importClasses(RoundAbout.class, AboutRound.class);
    assertThat(cycles(cycle, ArchitectureTest::outermost))
        .containsOnlyKeys(RoundAbout.class.getName(), AboutRound.class.getName());
  }

  /** The order is the one in which the package-info of the internals lists the packages. */
  @Test
  void packages_dependOnlyOnThoseBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("rules")
        .definedBy(INTERNAL)
        .layer("management")
        .definedBy(INTERNAL + ".management")
        .layer("sweep")
        .definedBy(INTERNAL + ".sweep")
        .layer("replication")
        .definedBy(INTERNAL + ".replication")
        .layer("transitions")
        .definedBy(INTERNAL + ".transitions")
        .layer("lockfree")
        .definedBy(INTERNAL + ".lockfree")
        .layer("chronicle")
        .definedBy(INTERNAL + ".chronicle")
        .layer("jvm")
        .definedBy(INTERNAL + ".jvm")
        .layer("snapshot")
        .definedBy(INTERNAL + ".snapshot")
        .layer("csv")
        .definedBy(INTERNAL + ".csv")
        .layer("store")
        .definedBy(INTERNAL + ".store")
        .layer("jfr")
        .definedBy(INTERNAL + ".jfr")
        .layer("concurrent")
        .definedBy(INTERNAL + ".concurrent")
        .whereLayer("management")
        .mayOnlyAccessLayers("concurrent")
        .whereLayer("sweep")
        .mayOnlyAccessLayers("store", "jfr", "concurrent")
        .whereLayer("replication")
        .mayOnlyAccessLayers("store", "concurrent")
        .whereLayer("transitions")
        .mayOnlyAccessLayers("store", "jfr", "concurrent")
        .whereLayer("lockfree")
        .mayOnlyAccessLayers("chronicle", "store", "concurrent")
        .whereLayer("chronicle")
        .mayOnlyAccessLayers("jvm", "store", "concurrent")
        .whereLayer("snapshot")
        .mayOnlyAccessLayers("store", "jfr", "concurrent")
        .whereLayer("csv")
        .mayNotAccessAnyLayer()
        .whereLayer("jvm")
        .mayOnlyAccessLayers("concurrent")
        .whereLayer("jfr")
        .mayNotAccessAnyLayer()
        .whereLayer("store")
        .mayNotAccessAnyLayer()
        .whereLayer("concurrent")
        .mayNotAccessAnyLayer()
        .check(MAIN);
  }

  @Test
  void chronicle_isUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".chronicle")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.openhft..")
        .check(MAIN);
  }

  /** So that the rest of the library does without it. */
  @Test
  void micrometer_isUsedInOnePackage_thatNothingElseUses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.presence.micrometer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "dev.presence.micrometer")
        .check(MAIN);
  }

  /** Likewise. */
  @Test
  void clientOfRedis_isUsedInOnePackage_thatNothingElseUses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.presence.redis")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..", "dev.presence.redis")
        .check(MAIN);
  }

  /** So that the class can say what is missing if Lettuce is. */
  @Test
  void redisLog_usesNothingOfItsClient() {
    noClasses()
        .that()
        .belongToAnyOf(RedisLog.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..")
        .check(MAIN);
  }

  /** So that a JVM without Flight Recorder loads none of it. */
  @Test
  void flightRecorder_isUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".jfr")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .check(MAIN);
  }

  @Test
  void publicInternals_equalTheList() {
    assertThat(publicInternals())
        .containsExactly(
            "PresenceFactory",
            "PresenceSettings",
            "chronicle.ChronicleStore",
            "chronicle.MapLayout",
            "chronicle.UserHash",
            "chronicle.UserMap",
            "chronicle.UserMap$SampleAction",
            "concurrent.Cached",
            "concurrent.CallGate",
            "concurrent.LateTicks",
            "concurrent.PlatformLane",
            "concurrent.Pool",
            "concurrent.Stripes",
            "concurrent.Ticket",
            "csv.CsvReader",
            "csv.CsvReader$LineConsumer",
            "csv.CsvWriter",
            "jfr.Events",
            "jfr.Events$Opening",
            "jfr.Events$Sweeping",
            "jfr.Events$Writing",
            "jfr.Recorder",
            "jvm.ChronicleShutdown",
            "jvm.ChronicleStartup",
            "jvm.ChronicleVersions",
            "jvm.HugePages",
            "jvm.PhysicalMemory",
            "lockfree.LayoutProbe",
            "lockfree.LockFreeStore",
            "management.Registration",
            "replication.LogAccess",
            "replication.LogException",
            "replication.LogReply",
            "replication.LogSession",
            "replication.MirroredUsers",
            "replication.Outbox",
            "replication.Replication",
            "replication.ReplicationSettings",
            "replication.SharedLog",
            "snapshot.Snapshots",
            "store.Batch",
            "store.EpochClock",
            "store.LongList",
            "store.SegmentScan",
            "store.Stamp",
            "store.StampStore",
            "store.SweepTask",
            "store.TransitionFeed",
            "store.TransitionList",
            "store.TransitionLog",
            "store.UserCount",
            "store.WholeSeconds",
            "sweep.Room",
            "sweep.Sweeper",
            "sweep.SweeperLoop",
            "transitions.Transitions");
  }

  private static List<String> publicInternals() {
    return MAIN.stream()
        .filter(type -> type.getPackageName().startsWith(INTERNAL))
        .filter(ArchitectureTest::isReachable)
        .map(type -> type.getName().substring(INTERNAL.length() + 1))
        .sorted()
        .toList();
  }

  /** Whether a class and all classes around it are public. */
  private static boolean isReachable(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isReachable).orElse(true);
  }

  /**
   * What is left after taking away, again and again, whatever uses nothing and whatever nothing
   * uses. ArchUnit's own rule misses some cycles where there are others.
   *
   * @param nameOf the name of what a class belongs to
   */
  private static Map<String, Set<String>> cycles(
      JavaClasses classes, Function<JavaClass, String> nameOf) {
    Map<String, Set<String>> uses = new TreeMap<>();
    classes.forEach(user -> uses.put(nameOf.apply(user), new TreeSet<>()));
    classes.stream()
        .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> !isOfTheStaticFactory(dependency))
        .forEach(
            dependency ->
                uses.get(nameOf.apply(dependency.getOriginClass()))
                    .add(nameOf.apply(dependency.getTargetClass().getBaseComponentType())));
    uses.forEach((user, used) -> used.remove(user));
    int before;
    do {
      before = uses.size();
      uses.values().forEach(used -> used.retainAll(uses.keySet()));
      Set<String> used = new TreeSet<>();
      uses.values().forEach(used::addAll);
      uses.keySet().retainAll(used);
      uses.values().removeIf(Set::isEmpty);
    } while (uses.size() < before);
    return uses;
  }

  /**
   * Every API with a static factory has a cycle, which these close: the interface creates its
   * builder, and the builder opens the implementation.
   */
  private static boolean isOfTheStaticFactory(Dependency dependency) {
    JavaClass target = dependency.getTargetClass();
    return dependency.getOriginClass().isEquivalentTo(Presence.class)
        ? target.isEquivalentTo(PresenceBuilder.class)
        : dependency.getOriginClass().isEquivalentTo(PresenceBuilder.class)
            && (target.isEquivalentTo(PresenceFactory.class)
                || target.isEquivalentTo(PresenceSettings.class));
  }

  private static String outermost(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getName();
  }
}

/** One half of a cycle. */
final class RoundAbout {
  AboutRound other;
}

/** The other half. */
final class AboutRound {
  RoundAbout other;
}
