package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.micrometer.PresenceMetrics;
import dev.presence.redis.RedisLog;
import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public API: what it consists of, and that it names only types of the JDK and its own. */
class ApiShapeTest {

  @ParameterizedTest
  @MethodSource("publicApi")
  void signatures_ofAPublicType_nameOnlyTheJdkAndThisPackage(Class<?> type) {
    assertThat(Signatures.foreign(type)).isEmpty();
  }

  /** Here, types of Micrometer, too; those that its users know. */
  @Test
  void signatures_ofTheMetrics_nameMicrometersMetersBesides() throws Exception {
    assertThat(publicTypes(classesOf(PresenceMetrics.class)))
        .containsExactly(PresenceMetrics.class)
        .flatExtracting(Signatures::foreign)
        .isNotEmpty()
        .allMatch(place -> place.matches(".+: io[.]micrometer[.]core[.]instrument[.].+"));
  }

  /** Here, nothing of the client. */
  @Test
  void signatures_ofTheLogInRedis_nameOnlyTheJdkAndTheLibrary() throws Exception {
    assertThat(publicTypes(classesOf(RedisLog.class)))
        .containsExactly(RedisLog.class)
        .flatExtracting(Signatures::foreign)
        .isNotEmpty()
        .allMatch(place -> place.endsWith(": " + RedisLog.class.getName()));
  }

  @Test
  void publicApi_whenScanned_holdsTheTypesThatUsersKnow() throws Exception {
    assertThat(publicApi())
        .contains(
            Presence.class,
            PresenceBuilder.class,
            PresenceFullException.class,
            PresenceStats.class,
            PresenceTiers.class,
            PresenceTiers.Builder.class,
            PresenceTransition.class);
  }

  /** Change the list with care: applications compile against what it names. */
  @Test
  void publicApi_equalsTheList() throws Exception {
    List<String> members =
        Stream.of(Presence.class, PresenceMetrics.class, RedisLog.class)
            .flatMap(ApiShapeTest::publicTypesBeside)
            .flatMap(ApiShapeTest::publicMembers)
            .sorted()
            .toList();
    assertThat(String.join("\n", members) + "\n")
        .isEqualTo(Files.readString(Path.of("src", "test", "api", "public-api.txt")));
  }

  @Test
  void publicTypes_ofAMixture_areThePublicOnes() {
    assertThat(publicTypes(List.of(ApiShapeTest.class, PresenceStats.class, Duration.class)))
        .containsExactly(PresenceStats.class, Duration.class);
  }

  private static Stream<String> publicMembers(Class<?> type) {
    Stream<Member> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    return Stream.concat(
        Stream.of(type.toGenericString()),
        members
            .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
            .filter(member -> !member.isSynthetic())
            .map(Member::toString));
  }

  private static Stream<Class<?>> publicTypesBeside(Class<?> neighbour) {
    try {
      return publicTypes(classesOf(neighbour)).stream();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> publicApi() throws Exception {
    return publicTypes(classesOf(Presence.class));
  }

  private static List<Class<?>> publicTypes(Collection<Class<?>> types) {
    return types.stream().filter(type -> Modifier.isPublic(type.getModifiers())).toList();
  }

  /** Every class of a package, read from the folder into which its neighbour was compiled. */
  private static List<Class<?>> classesOf(Class<?> neighbour) throws Exception {
    Path root = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
    String packageName = neighbour.getPackageName();
    List<Class<?>> classes = new ArrayList<>();
    for (String file : classFiles(root.resolve(packageName.replace('.', '/')))) {
      String name = packageName + "." + file.substring(0, file.length() - ".class".length());
      classes.add(Class.forName(name, false, neighbour.getClassLoader()));
    }
    return classes;
  }

  private static List<String> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .sorted()
          .toList();
    }
  }
}
