package dev.presence.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which versions pass. {@code ChronicleVersionsTest} shows with real jars that they work. */
class VersionRangeTest {

  @ParameterizedTest
  @CsvSource({
    "chronicle-map, 3.25ea0",
    "chronicle-map, 3.25.1",
    "chronicle-map, 2026.1",
    "chronicle-core, 2.25ea0",
    "chronicle-core, 2.25ea15",
    "chronicle-core, 2.27ea10",
    "chronicle-core, 2026.99",
    "chronicle-core, 2026.3-SNAPSHOT",
    "compiler, 2.24ea0"
  })
  void check_versionInTheRange_passes(String artifact, String version) {
    assertThatCode(() -> ChronicleVersions.checkVersions(Map.of(artifact, version)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "chronicle-map, 3.24ea99, 3.25ea0",
    "chronicle-map, 3.9.1, 3.25ea0",
    "chronicle-map, 2027.1, 3.25ea0",
    "chronicle-core, 2.24.29, 2.25ea0",
    "chronicle-core, 2, 2.25ea0",
    "chronicle-bytes, 2027.0-SNAPSHOT, 2.25ea0",
    "compiler, 2.21ea82, 2.24ea0"
  })
  void check_versionOutsideTheRange_namesIt(String artifact, String version, String oldest) {
    assertThatIllegalStateException()
        .isThrownBy(() -> ChronicleVersions.checkVersions(Map.of(artifact, version)))
        .withMessage("%s must be %s to 2026.x: %s=%s", artifact, oldest, artifact, version);
  }

  @ParameterizedTest
  @CsvSource({
    "chronicle-core, 2.25ea15, chronicle-bytes, 2.25ea11, true",
    "chronicle-core, 2.25ea15, chronicle-bytes, 2.26ea1, false",
    "chronicle-core, 2.26ea1, chronicle-bytes, 2026.3, true",
    "chronicle-core, 2.25ea15, chronicle-values, 2.26ea1, false",
    "compiler, 2.25ea1, chronicle-values, 2.26ea1, false",
    "compiler, 2.25ea3, chronicle-values, 2.26ea1, true",
    "compiler, 2.27ea0, chronicle-values, 2.27ea2, false",
    "compiler, 2.27ea1, chronicle-values, 2026.2, true"
  })
  void check_twoVersions_passesIfTheyFit(
      String artifact, String version, String other, String otherVersion, boolean fit) {
    Map<String, String> versions = Map.of(artifact, version, other, otherVersion);

    if (fit) {
      assertThatCode(() -> ChronicleVersions.checkVersions(versions)).doesNotThrowAnyException();
    } else {
      assertThatIllegalStateException()
          .isThrownBy(() -> ChronicleVersions.checkVersions(versions))
          .withMessageStartingWith(artifact + " must be ")
          .withMessageEndingWith(
              " to 2026.x beside this %s: %s=%s, %s=%s",
              other, artifact, version, other, otherVersion);
    }
  }

  @Test
  void found_onTheTestsOwnClassPath_hasAllVersions() {
    assertThat(ChronicleVersions.found(VersionRangeTest.class.getClassLoader()))
        .containsOnlyKeys(
            "chronicle-map",
            "chronicle-core",
            "chronicle-bytes",
            "chronicle-values",
            "chronicle-algorithms",
            "compiler")
        .containsEntry("chronicle-map", "2026.1");
  }

  @Test
  void found_withoutChronicle_isEmpty() {
    assertThat(ChronicleVersions.found(ClassLoader.getPlatformClassLoader())).isEmpty();
  }
}
