package dev.presence.jmh;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Dependencies flow one way, between packages and between classes. */
public class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("dev.presence.jmh..");

  @Test
  void packages_always_dependOnEachOtherOneWay() {
    slices()
        .assignedFrom(slicedBy("package", JavaClass::getPackageName))
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void topLevelClasses_always_dependOnEachOtherOneWay() {
    slices()
        .assignedFrom(slicedBy("top-level class", ArchitectureTest::topLevelClass))
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  private static String topLevelClass(JavaClass javaClass) {
    return javaClass
        .getEnclosingClass()
        .map(ArchitectureTest::topLevelClass)
        .orElse(javaClass.getName());
  }

  private static SliceAssignment slicedBy(String what, Function<JavaClass, String> name) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return SliceIdentifier.of(name.apply(javaClass));
      }

      @Override
      public String getDescription() {
        return what;
      }
    };
  }
}
