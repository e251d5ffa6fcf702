package dev.presence.examples.page;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A tab with the page of a user. Waits are in the page: it tells of each change as it happens, so
 * nothing here asks again and again. Not for use by several threads.
 */
final class Tab {

  private static final String AWAIT =
      """
      const [selector, attribute, pattern, done] = arguments;
      const wanted = new RegExp('^(' + pattern + ')$');
      const check = () => {
        const element = document.querySelector(selector);
        const value = attribute
            ? element?.getAttribute(attribute)
            : element?.textContent.replace(/\\s+/g, ' ').trim();
        if (value != null && wanted.test(value)) {
          observer.disconnect();
          done(value);
        }
      };
      const observer = new MutationObserver(check);
      observer.observe(document,
          {subtree: true, childList: true, attributes: true, characterData: true});
      check();
      """;

  private static final String RECORD =
      """
      const state = () => document.querySelector(arguments[0])?.dataset.state;
      const seen = window.seenByTest = [];
      let last = state();
      new MutationObserver(() => {
        if (state() !== last) {
          last = state();
          seen.push(last);
        }
      }).observe(document, {subtree: true, childList: true, attributes: true});
      """;

  private final ChromeDriver driver;

  /** The driver's name of the tab is that of the protocol, too. */
  private final String handle;

  /** Takes the tab that is in front. */
  Tab(ChromeDriver driver) {
    this.driver = driver;
    this.handle = driver.getWindowHandle();
  }

  /** Waits until the dot of this friend is {@code online}, {@code offline} or {@code unknown}. */
  void awaitFriend(long userId, String state) {
    await(friend(userId), "data-state", state);
  }

  /** Waits for what the list says about a friend, a regular expression. */
  void awaitText(long userId, String pattern) {
    await(friend(userId), "", pattern);
  }

  /** Waits for a state of the connection, a regular expression. */
  void awaitConnection(String pattern) {
    await("#connection", "data-state", pattern);
  }

  private void await(String selector, String attribute, String pattern) {
    toFront();
    try {
      driver.executeAsyncScript(AWAIT, selector, attribute, pattern);
    } catch (ScriptTimeoutException e) {
      throw new AssertionError(
          String.format(
              "not within %s: %s %s %s; the page is%n%s",
              Browser.LIMIT,
              selector,
              attribute,
              pattern,
              driver.executeScript("return document.body.outerHTML")),
          e);
    }
  }

  /** From now on remembers every new state of a friend. */
  void record(long userId) {
    toFront();
    driver.executeScript(RECORD, friend(userId));
  }

  /** The states that a friend has gone through, in their order. */
  List<?> recorded() {
    toFront();
    return (List<?>) driver.executeScript("return window.seenByTest");
  }

  /** Runs a script in the page and returns what it returns. */
  Object run(String script, Object... arguments) {
    toFront();
    return driver.executeScript(script, arguments);
  }

  /** Runs a script in the page and returns what it gives to its last argument, a function. */
  Object runAsync(String script, Object... arguments) {
    toFront();
    return driver.executeAsyncScript(script, arguments);
  }

  /** Puts the page to sleep as a browser does to save energy: out of sight, then frozen. */
  void freeze() {
    toFront();
    driver.manage().window().minimize();
    lifecycle("frozen");
  }

  /** The user comes back to it. */
  void wake() {
    lifecycle("active");
    driver.manage().window().maximize();
  }

  private void lifecycle(String state) {
    driver.executeCdpCommand("Page.setWebLifecycleState", Map.of("state", state));
  }

  /** The driver shows the tab with which it works. */
  private void toFront() {
    driver.switchTo().window(handle);
  }

  /** Shows it to a user who prefers dark colours. */
  void preferDark() {
    toFront();
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** Its user closes it, in front or behind another one, and the page may say goodbye. */
  void close() {
    driver.executeCdpCommand("Target.closeTarget", Map.of("targetId", handle));
  }

  private static String friend(long userId) {
    return "#friends li[data-user-id='" + userId + "']";
  }
}
