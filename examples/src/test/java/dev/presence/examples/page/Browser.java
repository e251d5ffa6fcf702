package dev.presence.examples.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The browser of one user: a process of its own with a new profile, which shares nothing with that
 * of another user. Its files are in one folder. It starts with an empty tab, so that it outlives
 * the last page. No process and no file is left when it is closed, whatever has happened.
 */
final class Browser implements AutoCloseable {

  /** Far longer than anything takes; a test that would hang fails instead. */
  static final Duration LIMIT = Duration.ofSeconds(40);

  /**
   * Makes the timers of a page run faster, so that a page that beats every 10 seconds beats every
   * second. The driver's own timers are shorter or longer than these.
   */
  private static final String FAST_TIMERS =
      """
      for (const name of ['setInterval', 'setTimeout']) {
        const timer = window[name];
        window[name] = (action, millis, ...rest) =>
            timer(action, millis >= 2000 && millis <= 15000 ? millis / 10 : millis, ...rest);
      }
      """;

  /** Selenium warns that it does not know the newest browsers' protocol, which nobody asks for. */
  private static final Logger LOGGER = Logger.getLogger("org.openqa.selenium");

  static {
    LOGGER.setLevel(Level.SEVERE);
  }

  private final Path folder;
  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final String empty;

  private Browser(Path folder, ChromeDriverService service, ChromeDriver driver) {
    this.folder = folder;
    this.service = service;
    this.driver = driver;
    this.empty = driver.getWindowHandle();
  }

  /** Starts a browser, or skips the test where there is none. */
  static Browser open() throws IOException {
    BrowserPrograms programs = BrowserPrograms.findOrSkip();
    Path folder = Files.createTempDirectory("page"); // short: a socket's path has 107 bytes
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(programs.driver().toFile())
            .usingAnyFreePort()
            .withEnvironment(Map.of("HOME", folder.toString(), "TMPDIR", folder.toString()))
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.browser().toFile());
    options.addArguments(
        "--headless=new",
        "--user-data-dir=" + folder.resolve("profile"),
        "--no-sandbox", // root has no other choice, and the pages are ours
        "--disable-dev-shm-usage", // small in containers
        "--no-first-run",
        "--disable-background-networking");
    try {
      ChromeDriver driver = new ChromeDriver(service, options);
      driver.manage().timeouts().scriptTimeout(LIMIT).pageLoadTimeout(LIMIT);
      return new Browser(folder, service, driver);
    } catch (Throwable e) {
      stop(service, folder);
      throw e;
    }
  }

  /** Opens a page in a new tab, which is in front then. */
  Tab open(URI page) {
    driver.switchTo().window(empty);
    driver.switchTo().newWindow(WindowType.TAB);
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", FAST_TIMERS));
    driver.get(page.toString());
    return new Tab(driver);
  }

  /** Closes every tab but the empty one. */
  void closeTabs() {
    for (String handle : driver.getWindowHandles()) {
      if (!handle.equals(empty)) {
        driver.switchTo().window(handle);
        driver.close();
      }
    }
    driver.switchTo().window(empty);
  }

  /** Ends it at once, as {@code kill -9} does: no page can say goodbye. */
  void kill() {
    kill(folder);
  }

  @Override
  public void close() throws IOException {
    try {
      driver.quit();
    } catch (WebDriverException e) {
      // The browser has been killed or has crashed.
    } finally {
      stop(service, folder);
    }
  }

  private static void stop(ChromeDriverService service, Path folder) throws IOException {
    service.stop();
    kill(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Ends the processes that name this folder, and all that these have started. */
  private static void kill(Path folder) {
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses()
            .filter(process -> commandLine(process).contains(folder.toString()))
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    long start = System.nanoTime();
    // One that has ended and that its parent has not asked about has no command line either.
    while (!processes.stream().allMatch(process -> commandLine(process).isEmpty())) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("the browser has not ended within " + LIMIT);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
