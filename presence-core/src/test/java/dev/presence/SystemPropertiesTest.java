package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.FreshJvmTest.ComparesProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle would add the lines of such a file to the application's system properties. */
class SystemPropertiesTest {

  private static final String NAME = "system.properties";

  @TempDir private Path folder;

  private ChildJvm jvm;

  @BeforeEach
  void makeJvm() throws Exception {
    jvm = new ChildJvm(folder);
  }

  @Test
  void properties_fileOnTheClassPath_areAsBefore() throws Exception {
    Path application = Files.createDirectory(folder.resolve("application"));
    write(application);
    jvm.addToClassPath(application);

    assertPropertiesStay();
  }

  @Test
  void properties_fileInTheWorkingFolder_areAsBefore() throws Exception {
    write(jvm.work());

    assertPropertiesStay();
  }

  @Test
  void properties_fileAboveTheWorkingFolder_areAsBefore() throws Exception {
    write(jvm.work().getParent());

    assertPropertiesStay();
  }

  @Test
  void properties_fileThatTheApplicationNames_areAsBefore() throws Exception {
    write(jvm.work());

    assertPropertiesStay("-Dsystem.properties=" + jvm.work().resolve(NAME));
  }

  /** System properties should be strings, but nothing makes sure of it. */
  @Test
  void properties_thatAreNoStrings_areAsBefore() throws Exception {
    assertThat(jvm.run(HasOddProperties.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private void assertPropertiesStay(String... options) throws Exception {
    assertThat(jvm.run(ComparesProperties.class, options)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private static void write(Path parent) throws Exception {
    Files.writeString(parent.resolve(NAME), "added.by.chronicle=true\n");
  }

  static final class HasOddProperties {
    public static void main(String[] args) {
      System.getProperties().put(NAME, 1);
      System.getProperties().put("project.build.directory", 2);
      System.getProperties().put("chronicle.announcer.disable", 3);
      ComparesProperties.main(args);
    }
  }
}
