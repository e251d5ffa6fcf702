// Which other tabs of this browser are open for a user? A page that is being left must know at once,
// and can wait for no answer. So each tab keeps an entry with the time in the local storage, which
// all tabs of this origin share.
//
// A tab that crashes leaves its entry behind, so entries are believed for a while only. Timers of
// hidden tabs run once a minute, so that is more than two of them. In doubt another tab counts as
// open: then nobody signs out, and the user goes offline with the window.

const PREFIX = "presence.tab.";
const REFRESH_MILLIS = 30_000;
const BELIEVED_MILLIS = 150_000;

const tab = Array.from(crypto.getRandomValues(new Uint32Array(2))).join("-");
let key = null;

/** Notes that this tab is open for the user. */
export function enter(userId) {
  key = `${PREFIX}${userId}.${tab}`;
  refresh();
}

/** Takes the entry back. Returns whether another tab is open for the user. */
export function leave(userId) {
  key = null;
  try {
    localStorage.removeItem(`${PREFIX}${userId}.${tab}`);
    return others(`${PREFIX}${userId}.`) > 0;
  } catch {
    return false; // no storage
  }
}

function others(prefix) {
  let count = 0;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    if (Math.abs(Date.now() - Number(localStorage.getItem(name))) < BELIEVED_MILLIS) {
      count++;
    } else {
      localStorage.removeItem(name);
    }
  }
  return count;
}

function refresh() {
  try {
    if (key) {
      localStorage.setItem(key, String(Date.now()));
    }
  } catch {
    // Without storage every tab takes itself for the only one; beats.js makes up for that.
  }
}

setInterval(refresh, REFRESH_MILLIS);
