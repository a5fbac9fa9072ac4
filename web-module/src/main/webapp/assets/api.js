/** The calls. An answer is the server's own text; see json.js. */

import { Refused, Unreachable } from "./errors.js";
import { object } from "./json.js";

/** Absolute addresses without user and password: browsers refuse to fetch when the page's own address has them in it. */
const ROOT = location.origin + location.pathname.replace(/[^/]*$/, "");
const LONGEST_WAIT = 15000;

/**
 * Returns the text of the answer.
 *
 * @throws Refused if the server answers with an error
 * @throws Unreachable if it does not answer
 */
export async function call(path, options = {}) {
  const headers = { Accept: "application/json, application/problem+json", ...options.headers };
  let answer;
  let text;
  try {
    const limits = { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(LONGEST_WAIT) };
    answer = await fetch(ROOT + path, { ...limits, ...options, headers });
    text = await answer.text();
  } catch (error) {
    throw new Unreachable(error.message, { cause: error });
  }
  if (answer.type === "opaqueredirect") {
    // Only a login by another server redirects
    throw new Refused(401);
  }
  const json = /^application\/(problem\+)?json\b/i.test(answer.headers.get("Content-Type") ?? "");
  if (!answer.ok) {
    throw new Refused(answer.status, json ? problem(text) : {});
  }
  if (!json) {
    throw new Refused(answer.status, { detail: "The answer is not JSON: something between this page and Errand answers in its place." });
  }
  return text;
}

export const get = (path) => call(path);

export const post = (path, body, type) => call(path, { method: "POST", body, headers: type ? { "Content-Type": type } : {} });

// Servers and browsers refuse or remove a colon, a backslash and a segment of dots, encoded or not; "~3A" stands for the colon
export function taskPath(id) {
  const refused = /[:\\]|(?<![^/])\.+(?![^/])/g;
  if (id.search(refused) < 0) {
    return "api/tasks/" + encodeURIComponent(id);
  }
  const code = (text) => [...text].map((char) => "~" + char.charCodeAt(0).toString(16).toUpperCase()).join("");
  return "api/tasks/" + encodeURIComponent(id.replaceAll("~", "~7E").replace(refused, code));
}

function problem(text) {
  try {
    return object(text);
  } catch {
    return {};
  }
}
