// How long ago was it? The visitor's clock may be wrong, so its difference to the server's counts.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WORDS = new Intl.RelativeTimeFormat("en", { numeric: "always" });

let aheadMillis = 0;

/** Takes over the server's time. */
export function setServerTime(epochSecond) {
  aheadMillis = Date.now() - epochSecond * 1000;
}

/** Such as "2 minutes ago". */
export function ago(epochSecond) {
  const seconds = Math.max(0, Math.floor((Date.now() - aheadMillis) / 1000 - epochSecond));
  if (seconds < 5) {
    return "a moment ago";
  }
  if (seconds < MINUTE) {
    return WORDS.format(-seconds, "second");
  }
  if (seconds < HOUR) {
    return WORDS.format(-Math.floor(seconds / MINUTE), "minute");
  }
  if (seconds < DAY) {
    return WORDS.format(-Math.floor(seconds / HOUR), "hour");
  }
  return WORDS.format(-Math.floor(seconds / DAY), "day");
}

/** Such as "30 seconds" or "5 minutes". */
export function duration(seconds) {
  const [value, unit] = seconds % MINUTE === 0 ? [seconds / MINUTE, "minute"] : [seconds, "second"];
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(value);
}
