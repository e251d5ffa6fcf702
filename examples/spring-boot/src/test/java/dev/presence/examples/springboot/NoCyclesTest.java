package dev.presence.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Classes depend on each other in one direction. A nested class counts as its outer one. */
class NoCyclesTest {

  @Test
  void application_dependencies_formNoCycle() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.presence.examples.springboot");
    assertThat(cycles(classes)).isEmpty();
  }

  /**
   * What is left after taking away, again and again, whatever uses nothing and whatever nothing
   * uses. ArchUnit's own rule misses some cycles where there are others.
   */
  private static Map<String, Set<String>> cycles(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass user : classes) {
      Set<String> used = uses.computeIfAbsent(outermost(user), name -> new TreeSet<>());
      user.getDirectDependenciesFromSelf()
          .forEach(
              dependency ->
                  used.add(outermost(dependency.getTargetClass().getBaseComponentType())));
    }
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

  private static String outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(NoCyclesTest::outermost).orElse(javaClass.getName());
  }
}
