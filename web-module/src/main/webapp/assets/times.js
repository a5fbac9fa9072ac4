/** Instants as text. JavaScript's dates end before Java's: an instant that they cannot hold reads as the server wrote it. */

/** Java writes a year after 9999 with a sign and as many digits as it has, JavaScript reads a sign and six digits. */
const INSTANT = /^([-+]?)(\d{4,6})(-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[-+]\d\d:\d\d)$/;
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const UNITS = [["year", 31556952], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** Returns the milliseconds since 1970, or null if JavaScript has no date for the text. */
export function millis(instant) {
  const [, sign, year, rest, fraction = "", zone] = INSTANT.exec(instant) ?? [];
  if (year === undefined) {
    return null;
  }
  const full = sign === "" && year.length === 4 ? year : (sign || "+") + year.padStart(6, "0");
  const value = Date.parse(full + rest + fraction.slice(0, 4) + zone);
  return Number.isNaN(value) ? null : value;
}

/** Returns the instant as a local time with its offset, since the hour before the clocks go back comes twice. */
export function absolute(instant) {
  const value = millis(instant);
  if (value === null) {
    return String(instant);
  }
  const date = new Date(value);
  const offset = -Math.round(date.getTimezoneOffset());
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const year = `${date.getFullYear() < 0 ? "-" : ""}${String(Math.abs(date.getFullYear())).padStart(4, "0")}`;
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone}`;
}

/** Returns how far from now the instant is, as "5 min. ago". */
export function relative(instant, now = Date.now()) {
  const value = millis(instant);
  if (value === null) {
    return String(instant);
  }
  const seconds = Math.round((value - now) / 1000);
  if (Math.abs(seconds) < 2) {
    return "now";
  }
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** Returns the time between two instants; empty if it cannot be told. */
export function lasted(from, to) {
  const ms = millis(to) - millis(from);
  if (millis(from) === null || millis(to) === null) {
    return "";
  }
  if (ms < 1000) {
    return `${ms} ms`;
  }
  if (ms < 60000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  const minutes = Math.round(ms / 60000);
  return minutes < 60 ? `${minutes} min` : `${Math.trunc(minutes / 60)} h ${minutes % 60} min`;
}

/** "PT1H30M" → "1h 30m" */
export const duration = (iso) => iso.replace(/^P/, "").replace("T", "").replace(/([A-Z])(?=\d)/g, "$1 ").toLowerCase();

const two = (number) => String(number).padStart(2, "0");
