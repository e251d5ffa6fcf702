package dev.presence.examples.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of axe-core for accessible pages find nothing, whatever state the page is in. */
@Timeout(180)
class PageAccessibilityTest {

  private static final String AXE = "/axe.min.js";

  /** Each violation with its rule, what it wants and where. */
  private static final String RUN =
      """
      const done = arguments[0];
      axe.run(document).then(
          results => done([
              String(results.passes.length),
              ...results.violations.map(violation =>
                  violation.id + ': ' + violation.help + ': '
                      + violation.nodes.map(node => node.html).join(' '))]),
          error => done(['0', String(error)]));
      """;

  @Test
  void page_inEveryState_hasNoViolation() throws Exception {
    try (PageServer server = new PageServer(PageServer.LONG_WINDOW);
        Browser browser = Browser.open()) {
      assertAccessible(browser.open(server.page("")));

      server.startPhone(2);
      Tab page = browser.open(server.page(1, "2,3"));
      page.awaitFriend(2, "online");
      page.awaitFriend(3, "offline");
      assertAccessible(page);
      page.preferDark();
      assertAccessible(page);

      server.stop();
      page.awaitConnection("connecting|disconnected");
      assertAccessible(page);
    }
  }

  private static void assertAccessible(Tab page) throws IOException {
    page.run(axe());
    List<?> found = (List<?>) page.runAsync(RUN);
    assertThat(found.get(0)).as("rules that axe-core has found kept").isNotEqualTo("0");
    assertThat(found.subList(1, found.size())).as("violations").isEmpty();
  }

  private static String axe() throws IOException {
    try (InputStream script = PageAccessibilityTest.class.getResourceAsStream(AXE)) {
      return new String(script.readAllBytes(), UTF_8);
    }
  }
}
