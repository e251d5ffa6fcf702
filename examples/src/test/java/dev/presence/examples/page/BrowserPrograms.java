package dev.presence.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the browser and its driver are: as the properties say, or else on the path.
 *
 * @param browser Chromium or Chrome
 * @param driver a ChromeDriver of the same version
 */
record BrowserPrograms(Path browser, Path driver) {

  /**
   * The browser's file; or {@code required}, and a test fails where it would be skipped; or {@code
   * none}, and it is skipped.
   */
  private static final String BROWSER = "presence.browser";

  private static final String DRIVER = "presence.browser.driver";
  private static final String REQUIRED = "required";
  private static final String NONE = "none";

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final List<String> DRIVERS = List.of("chromedriver");

  /** Finds both, or skips the test. */
  static BrowserPrograms findOrSkip() {
    String named = System.getProperty(BROWSER, "");
    assumeTrue(!named.equals(NONE), "the tests of the page are to be skipped");
    boolean required = named.equals(REQUIRED);
    Optional<Path> browser = find(BROWSER, required ? "" : named, BROWSERS);
    Optional<Path> driver = find(DRIVER, System.getProperty(DRIVER, ""), DRIVERS);
    boolean found = browser.isPresent() && driver.isPresent();
    String message =
        "a page needs a browser and its driver, such as Debian's chromium and chromium-driver:"
            + (" " + BROWSER + "=" + shown(browser) + " " + DRIVER + "=" + shown(driver));
    if (required) {
      assertThat(found).as(message).isTrue();
    }
    assumeTrue(found, message);
    return new BrowserPrograms(browser.orElseThrow(), driver.orElseThrow());
  }

  private static Optional<Path> find(String property, String named, List<String> names) {
    if (named.isEmpty()) {
      return onPath(names).filter(Files::isExecutable).findFirst();
    }
    assertThat(Path.of(named)).as(property + " must be a program").isExecutable();
    return Optional.of(Path.of(named));
  }

  private static Stream<Path> onPath(List<String> names) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return names.stream()
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)));
  }

  private static String shown(Optional<Path> program) {
    return program.map(Path::toString).orElse("none");
  }
}
