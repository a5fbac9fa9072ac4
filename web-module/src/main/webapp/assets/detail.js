/** The dialog with one task. A part of it is made anew only when its own data changes, so that selection and scrolling stay. */

import { get, post, taskPath } from "./api.js";
import { $, badge, el, fullTime, progressBar, say, setText, sub, time } from "./dom.js";
import { logOwn, whatIsWrong } from "./errors.js";
import { elements, members, object, pretty } from "./json.js";
import { lasted } from "./times.js";
import { auditText, progressText } from "./wording.js";

const CAN_REVOKE = ["PENDING", "STARTED", "RETRY", "PARKED", "WAITING"];
const CAN_RETRY = ["RETRY", "FAILURE", "REVOKED"];
const RUNS = 100;
const LINES = 100;
const OLDER = 1000;
const FACTS = ["queue", "priority", "retries", "maxRetries", "sentBy", "createdAt", "dueAt", "expiresAt", "startedAt", "finishedAt", "node", "uniqueKey"];

let id = null;
let shown = "";
let parts = new Map();
let older = { runs: 0, log: 0 };
let trouble = false;

export function openDetail(task) {
  id = task;
  shown = "";
  parts = new Map();
  older = { runs: 0, log: 0 };
  setText($("detail-title"), "Task");
  $("detail-body").replaceChildren(el("p", { className: "sub", textContent: "Loading…" }));
  $("revoke").hidden = $("retry").hidden = true;
  tell("");
  $("detail").showModal();
  reload();
}

/** Brings the open task up to date; does nothing if none is open. */
export async function loadDetail() {
  const mine = id;
  if (mine === null) {
    return;
  }
  const answer = await get(`${taskPath(mine)}?runs=${RUNS}&log=${LINES}`);
  if (mine !== id || answer === shown) {
    return;
  }
  const runs = await history(answer, mine, "runs");
  const log = await history(answer, mine, "log");
  if (mine === id) {
    show(answer, runs, log);
    shown = answer;
  }
}

/**
 * Returns the runs or log lines, each as JSON text: the newest page, and before it as many older ones as the user has asked for.
 * All are read again with the newest, or entries between two pages could be missing.
 */
async function history(answer, mine, name) {
  const newest = members(answer);
  let entries = elements(newest.get(name));
  let next = JSON.parse(newest.get(`${name}Next`));
  const other = name === "runs" ? "log" : "runs";
  for (let page = 0; page < older[name] && next !== null; page++) {
    const query = `${other}=0&${name}=${OLDER}&${name}Cursor=${encodeURIComponent(next)}`;
    const before = members(await get(`${taskPath(mine)}?${query}`));
    entries = [...elements(before.get(name)), ...entries];
    next = JSON.parse(before.get(`${name}Next`));
  }
  return { entries, more: next !== null };
}

async function reload() {
  const mine = id;
  try {
    await loadDetail();
  } catch (error) {
    if (mine === id) {
      showTrouble(error);
    }
  }
}

/** Tells of an error in the dialog, where the user looks, and returns whether it is open. */
export function showTrouble(error) {
  logOwn(error);
  if (id === null) {
    return false;
  }
  if (parts.size === 0) {
    $("detail-body").replaceChildren();
  }
  const text = whatIsWrong(error);
  // Said once, not again with each refresh
  if (!trouble || $("detail-outcome").textContent !== text) {
    tell(text, "bad");
  }
  trouble = true;
  return true;
}

/** Takes back what {@link showTrouble} has told. */
export function endTrouble() {
  if (trouble) {
    tell("");
  }
}

function tell(text, tone) {
  trouble = false;
  say($("detail-outcome"), text, tone);
}

/** Revokes or retries the open task. */
export async function steer(action, done) {
  const mine = id;
  $("revoke").disabled = $("retry").disabled = true;
  try {
    await post(`${taskPath(mine)}/${action}`);
    if (mine === id) {
      tell(done, "good");
      // The button that had the focus may be gone
      $("close").focus();
    }
  } catch (error) {
    logOwn(error);
    if (mine === id) {
      tell(whatIsWrong(error), "bad");
    }
  } finally {
    $("revoke").disabled = $("retry").disabled = false;
  }
}

/** It comes late: another task may be open by then. */
export function closed() {
  if (!$("detail").open) {
    id = null;
  }
}

function show(answer, runs, log) {
  const json = members(answer);
  const task = object(answer, ["argument", "result", "progress", "runs", "log"]);
  const source = (...names) => names.map((name) => json.get(name)).join("\n");
  setText($("detail-title"), task.task);
  const made = [
    part("state", source("state", "progress"), () => stateParts(task)),
    part("facts", source(...FACTS), () => [facts(task)]),
    part("error", source("error"), () => errorParts(task.error)),
    part("argument", source("argument"), () => section("Argument", value(task.argument, task.argumentCut))),
    part("result", source("state", "result"), () => (task.state === "SUCCESS" ? section("Result", value(task.result, task.resultCut)) : [])),
    part("runs", [source("error"), runs.more, ...runs.entries].join("\n"), () => runParts(runs, task.error)),
    part("log", [log.more, ...log.entries].join("\n"), () => logParts(log)),
    part("audit", source("audit"), () => auditParts(task.audit)),
  ];
  if ($("detail-body").firstChild !== made[0]) {
    $("detail-body").replaceChildren(...made);
  }
  $("revoke").hidden = !CAN_REVOKE.includes(task.state);
  $("retry").hidden = !CAN_RETRY.includes(task.state);
}

/** Returns the part of that name, which is made anew if its source has changed. */
function part(name, source, make) {
  const known = parts.get(name) ?? { element: el("div") };
  if (known.source !== source) {
    const wasOpen = known.element.querySelector("details")?.open ?? false;
    const hadFocus = known.element.contains(document.activeElement);
    known.source = source;
    known.element.replaceChildren(...make());
    known.element.querySelectorAll("details").forEach((details) => (details.open = wasOpen));
    if (hadFocus) {
      (known.element.querySelector("button, summary, [tabindex]") ?? $("close")).focus();
    }
    parts.set(name, known);
  }
  return known.element;
}

const section = (title, ...parts) => [el("h3", { textContent: title }), ...parts];

/** As the server wrote it, but for line breaks; the beginning of a long one cannot have those. */
const value = (json, cut) => el("pre", { textContent: json === null ? "null" : cut ? `${JSON.parse(json)}…` : pretty(json), tabIndex: 0 });

function stateParts(task) {
  const progress = task.progress && object(task.progress, ["done", "total"]);
  const bar = progress && el("div", {}, el("p", { className: "sub", textContent: progressText(progress) }), progressBar(progress));
  return [badge(el("span"), task.state), ...(bar ? [bar] : [])];
}

function facts(task) {
  const at = (instant) => instant && fullTime(instant);
  const rows = [
    ["Id", idFact(task.id)],
    ["Queue", `${task.queue}, priority ${task.priority}`],
    ["Retries", task.maxRetries < 0 ? `${task.retries}, no limit` : `${task.retries} of ${task.maxRetries}`],
    ["Sent by", task.sentBy],
    ["Sent", at(task.createdAt)],
    ["Due", at(task.dueAt)],
    ["Expires", at(task.expiresAt)],
    ["Started", at(task.startedAt)],
    ["Finished", at(task.finishedAt)],
    ["Node", task.node],
    ["Unique key", task.uniqueKey],
  ].filter(([, value]) => value);
  return el("dl", { className: "facts" }, ...rows.flatMap(([name, value]) => [el("dt", { textContent: name }), el("dd", {}, value)]));
}

function idFact(id) {
  const text = el("span", { className: "mono whole", textContent: id });
  if (!navigator.clipboard) {
    // Browsers have none for a page without encryption
    return text;
  }
  const copy = el("button", { type: "button", className: "link sub", textContent: "Copy" });
  copy.setAttribute("aria-label", "Copy the id");
  copy.addEventListener("click", () =>
    navigator.clipboard.writeText(id).then(() => tell("The id is copied.", "good"), () => tell("The browser does not copy: select the id.", "bad")));
  return el("span", {}, text, " ", copy);
}

function errorParts(error) {
  if (!error) {
    return [];
  }
  const trace = error.trace && el("details", {}, el("summary", { textContent: "Stack trace" }), el("pre", { textContent: error.trace, tabIndex: 0 }));
  return section("Error", el("p", { className: "error-text", textContent: error.message ?? "" }), el("p", { className: "sub mono", textContent: error.type }), ...(trace ? [trace] : []));
}

function runParts({ entries, more }, error) {
  if (entries.length === 0) {
    return [];
  }
  const runs = entries.map((json) => JSON.parse(json));
  return section("Runs", ...(more ? [olderButton("runs", "Show older runs")] : []), ...runs.map((run, index) => runPart(run, index === runs.length - 1 ? error : null)));
}

/** @param told the error that stands above already */
function runPart(run, told) {
  const took = run.finishedAt ? lasted(run.startedAt, run.finishedAt) : "";
  const where = el("span", { className: "sub" }, time(run.startedAt), ` on ${run.node}${took ? `, took ${took}` : ""}`);
  const element = el("div", { className: "run" }, el("span", { textContent: `Run ${run.number}` }), badge(el("span"), run.state ?? "STARTED"), where);
  if (run.error && !(told && run.error.type === told.type && run.error.message === told.message)) {
    element.append(sub(run.error.message ?? run.error.type, "reason"));
  }
  return element;
}

function logParts({ entries, more }) {
  const lines = entries.map((json) => JSON.parse(json)).map((line) => linePart(`Run ${line.run}`, line.message, line.at));
  return lines.length === 0 ? [] : section("Log", ...(more ? [olderButton("log", "Show older lines")] : []), ...lines);
}

function auditParts(audit) {
  // The first is the sending, which stands above
  return audit.length > 1 ? section("Audit", ...audit.slice(1).map((entry) => linePart(...auditText(entry), entry.at))) : [];
}

const linePart = (head, text, at) => el("div", { className: "line" }, sub(head), el("span", { textContent: text }), el("span", { className: "sub" }, time(at)));

function olderButton(name, text) {
  const button = el("button", { type: "button", className: "quiet wide", textContent: text });
  button.addEventListener("click", () => {
    older[name]++;
    shown = "";
    reload();
  });
  return button;
}
