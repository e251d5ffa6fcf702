// User ids are 64-bit numbers. JavaScript's numbers would lose digits, so ids stay text.

const ID = /^(0|-?[1-9][0-9]{0,18})$/;
const MAX_SHOWN = 24;

/** Whether the server takes this text as an id. */
export function isUserId(text) {
  return ID.test(text) && BigInt.asIntN(64, BigInt(text)).toString() === text;
}

/** A text that somebody else may have chosen, short enough to be shown. */
export function shown(text) {
  const characters = Array.from(text);
  return characters.length > MAX_SHOWN ? characters.slice(0, MAX_SHOWN).join("") + "…" : text;
}

/** Ids between commas, each once; what is no id is left out. */
export function readIds(text, limit) {
  return [...new Set(text.split(",").map((id) => id.trim()).filter(isUserId))].slice(0, limit);
}
