/** The words for a task's values. */

import { duration } from "./times.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONGEST_ID = 24;

/** Returns the end of a generated id, since those of one moment begin alike; another id if it is short, else its end. */
export function shortId(id) {
  const end = UUID.test(id) ? 8 : id.length > LONGEST_ID ? LONGEST_ID - 1 : id.length;
  return end < id.length ? "…" + id.slice(-end) : id;
}

/** Returns a value of a list as a line: JSON text, or its beginning. */
export function excerpt(json, cut) {
  return json === null ? "" : cut ? `${JSON.parse(json)}…` : json;
}

/** "FAILURE" → "Failure" */
export const capitalised = (name) => name.charAt(0) + name.slice(1).toLowerCase();

/** Returns how far a task is; `done` and `total` are JSON numbers. */
export function progressText({ done, total, message }) {
  const count = BigInt(total) > 0n ? `${grouped(done)} of ${grouped(total)}` : grouped(done);
  return message ? `${count} · ${message}` : count;
}

const grouped = (json) => BigInt(json).toLocaleString("en");

/** Returns what was done to a task, and by which user. */
export function auditText({ action, by }) {
  if (action === "EXPIRE") {
    return ["Expired", "before it ran; no user did this"];
  }
  const done = { SEND: "Sent", REVOKE: "Revoked", RETRY: "Run again" }[action] ?? capitalised(action);
  return [done, by === null ? "without a login" : `by ${by}`];
}

/** "java.util.List<java.lang.String>" → "List<String>" */
export const shortType = (type) => type.replace(/\b[a-z_]\w*\./g, "");

/** Returns how a handler is retried, and for which exceptions. */
export function policyText(policy) {
  if (!policy || policy.on.length === 0) {
    return ["none by itself"];
  }
  const growth = policy.backoff > 1 ? `, ×${policy.backoff} each, up to ${duration(policy.maxCountdown)}` : "";
  const wait = policy.countdowns?.length ? policy.countdowns.map(duration).join(", ") : duration(policy.countdown) + growth;
  const times = policy.maxRetries < 0 ? "no limit" : `${policy.maxRetries} times`;
  return [`${times}, after ${wait}`, "on " + policy.on.map(shortType).join(", ")];
}
