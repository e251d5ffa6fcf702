package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    assertThat(cycles(JavaClass::getPackageName)).isEmpty();
  }

  @Test
  void topLevelClasses_always_dependOnEachOtherOneWay() {
    assertThat(cycles(ArchitectureTest::topLevelClass)).isEmpty();
  }

  /**
   * What is left after taking away, again and again, whatever uses nothing and whatever nothing
   * uses. ArchUnit's own rule misses some cycles where there are others.
   */
  private static Map<String, Set<String>> cycles(Function<JavaClass, String> nameOf) {
    Map<String, Set<String>> uses = new TreeMap<>();
    CLASSES.forEach(user -> uses.put(nameOf.apply(user), new TreeSet<>()));
    CLASSES.stream()
        .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
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

  private static String topLevelClass(JavaClass javaClass) {
    return javaClass
        .getEnclosingClass()
        .map(ArchitectureTest::topLevelClass)
        .orElse(javaClass.getName());
  }
}
