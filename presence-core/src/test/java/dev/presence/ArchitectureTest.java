package dev.presence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import dev.presence.internal.PresenceFactory;
import dev.presence.internal.PresenceSettings;
import java.util.List;
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
    noCycles("package", JavaClass::getPackageName).check(MAIN);
  }

  @Test
  void classes_haveNoCycles() {
    noCycles("class", ArchitectureTest::outermost).check(MAIN);
  }

  @Test
  void cycle_ofTwoClasses_isFound() {
    JavaClasses cycle = new ClassFileImporter().importClasses(RoundAbout.class, AboutRound.class);
    assertThat(noCycles("class", ArchitectureTest::outermost).evaluate(cycle).hasViolation())
        .isTrue();
  }

  /** The order is the one in which the package-info of the internals lists the packages. */
  @Test
  void packages_dependOnlyOnThoseBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("rules")
        .definedBy(INTERNAL)
        .layer("sweep")
        .definedBy(INTERNAL + ".sweep")
        .layer("lockfree")
        .definedBy(INTERNAL + ".lockfree")
        .layer("chronicle")
        .definedBy(INTERNAL + ".chronicle")
        .layer("jvm")
        .definedBy(INTERNAL + ".jvm")
        .layer("snapshot")
        .definedBy(INTERNAL + ".snapshot")
        .layer("store")
        .definedBy(INTERNAL + ".store")
        .layer("concurrent")
        .definedBy(INTERNAL + ".concurrent")
        .whereLayer("sweep")
        .mayOnlyAccessLayers("store")
        .whereLayer("lockfree")
        .mayOnlyAccessLayers("chronicle", "store", "concurrent")
        .whereLayer("chronicle")
        .mayOnlyAccessLayers("jvm", "store", "concurrent")
        .whereLayer("snapshot")
        .mayOnlyAccessLayers("store", "concurrent")
        .whereLayer("jvm")
        .mayOnlyAccessLayers("concurrent")
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
            "concurrent.CallGate",
            "concurrent.PlatformLane",
            "concurrent.Pool",
            "concurrent.Stripes",
            "concurrent.Ticket",
            "csv.CsvReader",
            "csv.CsvReader$LineConsumer",
            "csv.CsvWriter",
            "jvm.ChronicleShutdown",
            "jvm.ChronicleStartup",
            "jvm.ChronicleVersions",
            "lockfree.LayoutProbe",
            "lockfree.LockFreeStore",
            "snapshot.Snapshots",
            "store.Batch",
            "store.EpochClock",
            "store.LongList",
            "store.SegmentScan",
            "store.Stamp",
            "store.StampStore",
            "store.SweepTask",
            "store.UserCount",
            "sweep.Room",
            "sweep.Sweeper",
            "sweep.SweeperLoop");
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
   * Ignores the dependencies that close the cycle of every API with a static factory: the interface
   * creates its builder, and the builder opens the implementation with its settings.
   */
  private static SliceRule noCycles(String kind, Function<JavaClass, String> sliceOf) {
    return slices()
        .assignedFrom(new Slices(kind, sliceOf))
        .should()
        .beFreeOfCycles()
        .ignoreDependency(Presence.class, PresenceBuilder.class)
        .ignoreDependency(PresenceBuilder.class, PresenceFactory.class)
        .ignoreDependency(PresenceBuilder.class, PresenceSettings.class);
  }

  private static String outermost(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getName();
  }

  private record Slices(String kind, Function<JavaClass, String> sliceOf)
      implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("dev.presence")
          ? SliceIdentifier.of(sliceOf.apply(type))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each " + kind;
    }
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
