// The names that the visitor gives to users. They stay in this browser, and are text everywhere.

const KEY = "presence.names";
const MAX_LENGTH = 40;

let names = new Map();

/** Takes over what other tabs have stored. */
export function readNames() {
  try {
    names = new Map(Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {}));
  } catch {
    // No storage, or not ours: the names of this page are all there are.
  }
}

/** The given name, or "User 2". */
export function nameOf(id) {
  const name = names.get(id);
  return typeof name === "string" && name ? name.slice(0, MAX_LENGTH) : `User ${id}`;
}

/** Gives a name; an empty one takes it away. */
export function setName(id, name) {
  readNames();
  const text = name.trim().slice(0, MAX_LENGTH);
  if (text && text !== `User ${id}`) {
    names.set(id, text);
  } else {
    names.delete(id);
  }
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(names)));
  } catch {
    // Without storage a name lasts as long as the page.
  }
}

/** Up to two characters for a picture: first letters of a name, or last digits of an id. */
export function initialsOf(id) {
  const name = nameOf(id);
  if (name === `User ${id}`) {
    return id.slice(-2);
  }
  const words = name.split(/\s+/).slice(0, 2);
  return words.map((word) => Array.from(word)[0] ?? "").join("").toUpperCase();
}

readNames();
