// Puts the page together. The address says who the visitor is and who the friends are, so that it
// can be kept and shared: /?me=1&friends=2,3,4

import { Beats } from "/page/beats.js";
import { duration, setServerTime } from "/page/clock.js";
import { Connection } from "/page/connection.js";
import { FriendsList } from "/page/friends.js";
import { isUserId, readIds, shown } from "/page/ids.js";
import { nameOf, readNames } from "/page/names.js";

const MAX_FRIENDS = 100;
const REDRAW_MILLIS = 1_000;
const MAX_NEWS = 20;

const CONNECTION_WORDS = {
  connecting: "Connecting…",
  connected: "Connected",
  disconnected: "Not connected – trying again",
};

const element = (id) => document.getElementById(id);
const address = new URL(location.href).searchParams;

let me = isUserId(address.get("me") ?? "") ? address.get("me") : null;
let friends = readIds(address.get("friends") ?? "", MAX_FRIENDS);

/** What is wrong with the visitor's own user; null if nothing is. */
let problem = null;

/** What the server has said of each user: whether online, and when last seen. */
const users = new Map();

/** Whether that is still true. */
let isKnown = false;

/** Whether the first events after a snapshot are still to come. */
let isSettling = false;

const list = new FriendsList(element("friends"), element("friend-item"), (id) => {
  friends = friends.filter((each) => each !== id);
  changeFriends();
});

const beats = new Beats((refusal) => {
  problem = refusal === null ? null : `The server says: ${refusal}`;
  draw();
});

const connection = new Connection({
  state(state) {
    const isIdle = watched().length === 0;
    element("connection").dataset.state = state;
    element("connection").toggleAttribute("data-idle", isIdle);
    setText("connection", isIdle ? "Nobody to watch yet" : CONNECTION_WORDS[state]);
    if (state === "disconnected") {
      isKnown = false;
    }
    draw();
  },
  snapshot({ now, window_seconds: windowSeconds, last_seen: lastSeen }) {
    setServerTime(now);
    beats.setWindow(windowSeconds);
    setText("window", duration(windowSeconds));
    users.clear();
    for (const [id, seconds] of Object.entries(lastSeen)) {
      users.set(id, { isOnline: false, lastSeen: seconds });
    }
    isSettling = true;
  },
  settled() {
    isSettling = false;
    isKnown = true;
    if (me !== null && !users.get(me)?.isOnline) {
      beats.seenOffline();
    }
    draw();
  },
  online: ({ user_id: id, epoch_second: seconds }) => changed(id, true, seconds),
  offline: ({ user_id: id, epoch_second: seconds }) => changed(id, false, seconds),
  time: ({ now }) => setServerTime(now),
});

function changed(id, isOnline, seconds) {
  users.set(id, { isOnline, lastSeen: seconds });
  if (isSettling) {
    return;
  }
  if (id === me && !isOnline) {
    beats.seenOffline();
  }
  if (friends.includes(id)) {
    tell(`${nameOf(id)} is ${isOnline ? "online" : "offline"}`);
  }
  draw();
}

/** For screen readers. */
function tell(news) {
  const line = document.createElement("p");
  line.textContent = news;
  const log = element("news");
  log.append(line);
  if (log.childElementCount > MAX_NEWS) {
    log.firstElementChild.remove();
  }
}

function stateOf(id) {
  const user = isKnown ? users.get(id) : undefined;
  if (user === undefined) {
    return { state: "unknown", lastSeen: null };
  }
  return { state: user.isOnline ? "online" : "offline", lastSeen: user.lastSeen };
}

function draw() {
  if (isSettling) {
    return;
  }
  list.show(stateOf);
  const online = friends.filter((id) => stateOf(id).state === "online").length;
  setText("count", isKnown && friends.length > 0 ? `${online} of ${friends.length} online` : "");
  document.title = online > 0 ? `(${online}) Friends` : "Friends";
  drawMe();
}

function drawMe() {
  const state = me === null ? "nobody" : stateOf(me).state;
  element("me-state").dataset.state = problem === null ? state : "problem";
  const words = {
    nobody: "Nobody knows that you are here.",
    online: "Your friends see you online.",
    offline: "Your friends see you offline.",
    unknown: "Not known now, without a connection.",
  };
  setText("me-state", problem ?? words[state]);
  setText("me-button", wantsOut() ? "Go offline" : "Go online");
  element("me-button").classList.toggle("quiet", wantsOut());
}

function setText(id, text) {
  if (element(id).textContent !== text) {
    element(id).textContent = text;
  }
}

/** Whose events are needed; one's own too, to notice if another device signs this user out. */
function watched() {
  return [...new Set(me === null ? friends : [me, ...friends])];
}

function changeFriends() {
  list.setIds(friends);
  showEmptiness();
  changeAddress();
  connection.open(watched());
}

function showEmptiness() {
  element("friends").hidden = friends.length === 0;
  element("empty").hidden = friends.length > 0;
}

function changeAddress() {
  const parts = [];
  if (me !== null) {
    parts.push(`me=${me}`);
  }
  if (friends.length > 0) {
    parts.push(`friends=${friends.join(",")}`);
  }
  history.replaceState(null, "", parts.length > 0 ? `/?${parts.join("&")}` : "/");
}

/** Whether the button takes the visitor offline: unless another user has been typed. */
function wantsOut() {
  return me !== null && element("me").value.trim() === me;
}

function noUserId(text) {
  return text === ""
    ? "A user id is needed."
    : `A user id is a whole number of 64 bits, and “${shown(text)}” is not.`;
}

element("me-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = element("me").value.trim();
  problem = isUserId(text) ? null : noUserId(text);
  element("me").setAttribute("aria-invalid", String(problem !== null));
  if (problem === null) {
    me = wantsOut() ? null : text;
    beats.setUser(me);
    changeAddress();
    connection.open(watched());
  }
  draw();
});
element("me").addEventListener("input", drawMe);

element("add-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = element("friend");
  const text = input.value.trim();
  let note = "";
  if (!isUserId(text)) {
    note = noUserId(text);
  } else if (friends.includes(text)) {
    note = `${nameOf(text)} is in your list.`;
  } else if (friends.length === MAX_FRIENDS) {
    note = `There is room for ${MAX_FRIENDS} friends.`;
  } else {
    friends = [...friends, text];
    changeFriends();
    input.value = "";
  }
  setText("add-note", note);
  input.setAttribute("aria-invalid", String(note !== ""));
  input.focus();
});

/** The page is seen: again, after a sleep, or out of the cache for going back. */
function wake() {
  if (document.visibilityState === "visible") {
    beats.wake();
    connection.open(watched());
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    wake();
  } else {
    beats.sleep();
    connection.close();
  }
});
document.addEventListener("resume", wake);
window.addEventListener("pageshow", (event) => event.persisted && wake());
window.addEventListener("online", () => connection.hurry());
window.addEventListener("pagehide", () => {
  beats.leave();
  connection.close();
});
window.addEventListener("storage", () => {
  readNames(); // another tab may have given some
  list.showNames();
});
setInterval(() => document.visibilityState === "visible" && draw(), REDRAW_MILLIS);

element("me").value = me ?? "";
list.setIds(friends);
showEmptiness();
beats.setUser(me);
if (document.visibilityState === "visible") {
  connection.open(watched());
}
