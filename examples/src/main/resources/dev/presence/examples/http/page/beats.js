// Says "I am here" while the page can be seen.
//
// Browsers run the timers of hidden tabs once a minute at worst, which is slower than the online
// window. A hidden tab does not fight that: it is silent, and its user goes offline with the window.
// It beats at once when it is seen again.

import * as tabs from "/page/tabs.js";

const LONGEST_MILLIS = 10_000;
const SHORTEST_MILLIS = 500;
const AGAIN_MILLIS = 1_000;
const PATIENCE_MILLIS = 2_000;

/** One user's heartbeats; of nobody at first. */
export class Beats {
  #user = null;
  #interval = LONGEST_MILLIS;
  #timer = null;
  #lastMillis = 0;
  #again = null;
  #refused;

  /** `refused` is told why the server did not take a heartbeat, or null if it did. */
  constructor(refused) {
    this.#refused = refused;
  }

  /** Three beats fit into a window, so that one may be lost. */
  setWindow(seconds) {
    const interval = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, (seconds * 1000) / 3));
    if (interval !== this.#interval) {
      this.#interval = interval;
      if (this.#timer !== null) {
        this.wake();
      }
    }
  }

  /** Beats for another user from now on, or for nobody (null). */
  setUser(user) {
    if (user === this.#user) {
      return;
    }
    this.leave();
    this.#user = user;
    this.wake();
  }

  /** The page may be seen again: if it is, beats at once, and then regularly. */
  wake() {
    this.sleep();
    if (this.#user !== null) {
      tabs.enter(this.#user);
    }
    if (this.#user !== null && document.visibilityState === "visible") {
      this.#timer = setInterval(() => this.#beat(), this.#interval);
      this.#beat();
    }
  }

  /** The page is hidden, and stays open. */
  sleep() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The page is being left: signs out, unless another tab of this browser is open for the user. */
  leave() {
    this.sleep();
    if (this.#user !== null && !tabs.leave(this.#user)) {
      navigator.sendBeacon(`/disconnect/${this.#user}`);
    }
  }

  /**
   * The server counts this user as offline. If the page can be seen, another device has signed out,
   * or a tab that did not know of this one.
   */
  seenOffline() {
    const wait = Math.max(0, this.#lastMillis + AGAIN_MILLIS - Date.now());
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#timer !== null && this.#beat(), Math.min(wait, AGAIN_MILLIS));
  }

  async #beat() {
    const user = this.#user;
    this.#lastMillis = Date.now();
    try {
      const response = await fetch("/heartbeat", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ user_id: user }),
        signal: AbortSignal.timeout(Math.max(PATIENCE_MILLIS, this.#interval)),
      });
      const problem = response.ok ? null : (await response.json()).error;
      if (user === this.#user) {
        this.#refused(problem);
      }
    } catch {
      // No server: the connection tells that, and the next beat tries again.
    }
  }
}
