package dev.presence.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in real browsers, one for each user, beside a real server and real seconds. */
@Timeout(180)
class PageTest {

  private static final long ANN = 1;
  private static final long BOB = 2;
  private static final long CAT = 3;

  private static Browser anns;
  private static Browser bobs;

  @BeforeAll
  static void openBrowsers() throws Exception {
    anns = Browser.open();
    bobs = Browser.open();
  }

  @AfterEach
  void closeTabs() {
    anns.closeTabs();
    bobs.closeTabs();
  }

  /** Closes both, whatever happens to one; where the tests are skipped they are null. */
  @AfterAll
  @SuppressWarnings("try")
  static void closeBrowsers() throws Exception {
    try (Browser one = anns;
        Browser other = bobs) {}
  }

  /** The window is long, so it is the page that signs out. */
  @Test
  void twoPages_seeEachOtherComeAndGo() throws Exception {
    try (PageServer server = new PageServer(PageServer.LONG_WINDOW)) {
      Tab ann = anns.open(server.page(ANN, "2,3"));
      ann.awaitConnection("connected");
      ann.awaitFriend(BOB, "offline");

      Tab bob = bobs.open(server.page(BOB, "1"));
      bob.awaitFriend(ANN, "online");
      bob.awaitText(ANN, ".*\\bonline\\b.*");
      ann.awaitFriend(BOB, "online");
      ann.awaitFriend(CAT, "offline");

      bob.close();
      ann.awaitFriend(BOB, "offline");
      ann.awaitText(BOB, ".*\\blast seen\\b.*\\bago\\b.*");

      bobs.open(server.page(BOB, "1")).awaitFriend(ANN, "online");
      ann.awaitFriend(BOB, "online");
    }
  }

  @Test
  void killedPage_turnsGreyAfterTheWindow() throws Exception {
    try (PageServer server = new PageServer(PageServer.SHORT_WINDOW);
        Browser killed = Browser.open()) {
      Tab ann = anns.open(server.page(ANN, "2"));
      killed.open(server.page(BOB, "1"));
      ann.awaitFriend(BOB, "online");
      server.awaitHeartbeat(BOB, PageServer.SHORT_WINDOW.toSeconds()); // not only the first one

      killed.kill();
      ann.awaitFriend(BOB, "offline");
      ann.awaitText(BOB, ".*\\blast seen\\b.*\\bago\\b.*");
    }
  }

  /** The new server knows nobody until the pages beat again. */
  @Test
  void serverRestarts_dotsRecover() throws Exception {
    try (PageServer server = new PageServer(PageServer.LONG_WINDOW)) {
      Tab ann = anns.open(server.page(ANN, "2"));
      Tab bob = bobs.open(server.page(BOB, "1"));
      ann.awaitFriend(BOB, "online");
      bob.awaitFriend(ANN, "online");

      server.stop();
      ann.awaitConnection("disconnected");
      ann.awaitFriend(BOB, "unknown");
      bob.awaitConnection("disconnected");
      bob.awaitFriend(ANN, "unknown");

      server.restart();
      ann.awaitConnection("connected");
      ann.awaitFriend(BOB, "online");
      bob.awaitConnection("connected");
      bob.awaitFriend(ANN, "online");
    }
  }

  @Test
  void sleepingTab_turnsGrey_andCatchesUpWhenItWakes() throws Exception {
    try (PageServer server = new PageServer(PageServer.SHORT_WINDOW)) {
      Tab ann = anns.open(server.page(ANN, "2"));
      Tab bob = bobs.open(server.page(BOB, "1,3"));
      ann.awaitFriend(BOB, "online");
      bob.awaitFriend(CAT, "offline");

      bob.freeze();
      ann.awaitFriend(BOB, "offline");
      server.startPhone(CAT);

      bob.wake();
      ann.awaitFriend(BOB, "online");
      bob.awaitFriend(CAT, "online");
      bob.awaitFriend(ANN, "online");
    }
  }

  /** The window is long: a page that signs out although another one is open is seen at once. */
  @Test
  void twoTabsOfOneUser_onlyTheLastOneSignsOut() throws Exception {
    try (PageServer server = new PageServer(PageServer.LONG_WINDOW)) {
      Tab ann = anns.open(server.page(ANN, "2"));
      Tab first = bobs.open(server.page(BOB, "1"));
      first.awaitFriend(ANN, "online");
      Tab second = bobs.open(server.page(BOB, "1"));
      second.awaitFriend(ANN, "online");
      ann.awaitFriend(BOB, "online");
      ann.record(BOB);

      first.close(); // it is behind the other one, which so has no cause to beat at once
      server.awaitHeartbeat(BOB, 2);
      assertThat(ann.recorded()).as("while the second tab is open").isEmpty();

      second.close();
      ann.awaitFriend(BOB, "offline");
    }
  }
}
