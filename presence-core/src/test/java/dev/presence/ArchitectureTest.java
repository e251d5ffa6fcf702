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
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * How packages and classes may depend on each other, read from the compiled classes; and what of
 * the internals is public, so that the packages can reach each other.
 */
class ArchitectureTest {

  private static final String INTERNAL = "dev.presence.internal";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.presence");

  @Test
  void packages_haveNoCircles() {
    noCircles("package", JavaClass::getPackageName).check(MAIN);
  }

  @Test
  void classes_haveNoCircles() {
    noCircles("class", ArchitectureTest::outermost).check(MAIN);
  }

  @Test
  void circle_ofTwoClasses_isFound() {
    JavaClasses circle = new ClassFileImporter().importClasses(RoundAbout.class, AboutRound.class);
    assertThat(noCircles("class", ArchitectureTest::outermost).evaluate(circle).hasViolation())
        .isTrue();
  }

  /** The order in which the package-info of the internals names them. */
  @Test
  void packages_dependOnThoseBelowThemAlone() {
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
  void publicInternals_areTheDoors() {
    assertThat(publicInternals())
        .containsExactly(
            "PresenceFactory",
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
            "jvm.ChronicleShutdown",
            "jvm.ChronicleStartup",
            "jvm.ChronicleVersions",
            "lockfree.LayoutProbe",
            "lockfree.LockFreeStore",
            "store.Batch",
            "store.EpochClock",
            "store.LongList",
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
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .map(type -> type.getName().substring(INTERNAL.length() + 1))
        .sorted()
        .toList();
  }

  /**
   * Two dependencies are left out, which close the circle that every API with a static factory has:
   * the interface makes its builder, and the builder opens the implementation.
   */
  private static SliceRule noCircles(String kind, Function<JavaClass, String> sliceOf) {
    return slices()
        .assignedFrom(new Slices(kind, sliceOf))
        .should()
        .beFreeOfCycles()
        .ignoreDependency(Presence.class, PresenceBuilder.class)
        .ignoreDependency(PresenceBuilder.class, PresenceFactory.class);
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

/** Half of a circle. */
final class RoundAbout {
  AboutRound other;
}

/** The other half of it. */
final class AboutRound {
  RoundAbout other;
}
