package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library creates no folder, even where Chronicle would. Chronicle creates one if no parent of
 * the working folder has a {@code target} or a {@code build}. The tests cannot know whether one
 * has, so the programs call their working folder by a name that has no parent.
 */
class FoldersTest {

  @TempDir private Path folder;

  private ChildJvm jvm;

  @BeforeEach
  void makeJvm() throws Exception {
    jvm = new ChildJvm(folder);
  }

  @Test
  void open_withATemporaryFolder_createsNothing() throws Exception {
    assertThat(jvm.run(HasNoParents.class)).isEqualTo(ChildJvm.Result.QUIET);

    assertThat(jvm.leftBehind()).isEmpty();
  }

  /** Ignores the output, because some JDKs warn that the folder is missing. */
  @Test
  void open_withoutATemporaryFolder_createsNothing() throws Exception {
    ChildJvm.Result result =
        jvm.run(HasNoParents.class, "-Djava.io.tmpdir=" + jvm.temp().resolve("missing"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(jvm.leftBehind()).isEmpty();
  }

  /** Nobody can write there, not even root. */
  @Test
  void open_withATemporaryFolderThatIsAFile_createsNothing() throws Exception {
    Path file = Files.createFile(jvm.temp().resolve("file"));

    ChildJvm.Result result = jvm.run(HasNoParents.class, "-Djava.io.tmpdir=" + file);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(jvm.leftBehind()).containsExactly(file);
  }

  @Test
  void open_withABuildFolder_createsNothingInIt() throws Exception {
    assertThat(jvm.run(FreshJvmTest.ComparesProperties.class, "-Dproject.build.directory=."))
        .isEqualTo(ChildJvm.Result.QUIET);

    assertThat(jvm.leftBehind()).isEmpty();
  }

  /** An application may use other parts of Chronicle, which share files in this folder. */
  @Test
  void temporaryFolder_ofChronicle_isThatOfTheJvm() throws Exception {
    assertThat(jvm.run(AsksForTheTemporaryFolder.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  @Test
  void temporaryFolder_ofChronicleThatTheApplicationStarted_isUnchanged() throws Exception {
    ChildJvm.Result result =
        jvm.run(
            StartsChronicleItself.class, "-Dproject.build.directory=" + jvm.temp().resolve("a"));

    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  static final class HasNoParents {
    public static void main(String[] args) {
      System.setProperty("user.dir", "a-name-without-parents");
      FirstSteps.main(args);
    }
  }

  static final class AsksForTheTemporaryFolder {
    public static void main(String[] args) throws Exception {
      FirstSteps.main(args);
      String temp = temporaryFolder();
      FirstSteps.check(
          "the temporary folder is " + temp, temp.equals(System.getProperty("java.io.tmpdir")));
    }

    static String temporaryFolder() throws ReflectiveOperationException {
      return (String) Class.forName("net.openhft.chronicle.core.OS").getField("TMP").get(null);
    }
  }

  static final class StartsChronicleItself {
    public static void main(String[] args) throws Exception {
      String temp = AsksForTheTemporaryFolder.temporaryFolder();
      FirstSteps.main(args);
      FirstSteps.check(
          "the temporary folder is " + temp,
          temp.equals(AsksForTheTemporaryFolder.temporaryFolder()));
    }
  }
}
