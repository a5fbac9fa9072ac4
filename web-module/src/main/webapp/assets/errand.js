"use strict";
// Absolute addresses without user and password: browsers refuse to fetch when the page's own address has them in it.
const ROOT = location.origin + location.pathname.replace(/[^/]*$/, "");
const EVERY = 2000;
const STEP = 25;
const CAN_REVOKE = ["PENDING", "STARTED", "RETRY", "PARKED"];
const CAN_RETRY = ["RETRY", "FAILURE", "REVOKED"];
const $ = (id) => document.getElementById(id);

// ---- elements: data only ever becomes text, never markup

function el(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function badge(element, state) {
  element.className = "badge";
  element.dataset.state = state;
  setText(element, state.charAt(0) + state.slice(1).toLowerCase());
  return element;
}

function progressBar(progress) {
  const bar = el("progress");
  if (progress.total > 0) {
    bar.max = progress.total;
    bar.value = Math.min(progress.done, progress.total);
  }
  bar.setAttribute("aria-label", progressText(progress));
  return bar;
}

function progressText({ done, total, message }) {
  const count = total > 0 ? `${done.toLocaleString()} of ${total.toLocaleString()}` : done.toLocaleString();
  return message ? `${count} · ${message}` : count;
}

// ---- times

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function relative(instant) {
  const seconds = Math.round((new Date(instant) - Date.now()) / 1000);
  if (Math.abs(seconds) < 2) {
    return "now";
  }
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

function setTime(element, instant) {
  element.dateTime = instant;
  element.title = new Date(instant).toLocaleString();
  setText(element, relative(instant));
  return element;
}

function keepTimesTrue() {
  document.querySelectorAll("time").forEach((time) => setText(time, relative(time.dateTime)));
}

function lasted(from, to) {
  const ms = new Date(to) - new Date(from);
  return ms < 1000 ? `${ms} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60000)} min`;
}

/** "PT1H30M" → "1h 30m" */
const duration = (iso) => iso.replace(/^P/, "").replace("T", "").replace(/([A-Z])(?=\d)/g, "$1 ").toLowerCase();

// ---- calls

class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.field = problem.field;
  }
}

async function call(path, options = {}) {
  const headers = { Accept: "application/json, application/problem+json", ...options.headers };
  const answer = await fetch(ROOT + path, { cache: "no-store", signal: AbortSignal.timeout(15000), ...options, headers });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused({ title: `The server answers ${answer.status}.`, ...json, status: answer.status });
  }
  return json;
}

const taskPath = (id) => "api/tasks/" + encodeURIComponent(id);

function whatIsWrong(error) {
  if (error.status === 401) {
    return "You are logged out. Reload the page to log in again.";
  }
  return error instanceof Refused ? error.message : "The server does not answer. Trying again…";
}

function live(state, text) {
  $("live").dataset.state = state;
  setText($("live-text"), text);
}

// ---- the newest tasks: rows stay the same elements, so that focus and selection survive a refresh

const rows = new Map();
let limit = STEP;

function makeRow(id) {
  const cells = {
    open: el("button", { type: "button", className: "open" }),
    progress: el("div"),
    state: el("span"),
    queue: el("td", { className: "sub" }),
    sent: el("time"),
  };
  cells.open.setAttribute("aria-haspopup", "dialog");
  const row = el("tr", {}, el("td", {}, cells.open, cells.progress), el("td", {}, cells.state), cells.queue, el("td", { className: "sub" }, cells.sent));
  row.addEventListener("click", () => openDetail(id));
  return { row, cells };
}

function fillRow({ cells }, task) {
  setText(cells.open, task.task);
  badge(cells.state, task.state);
  setText(cells.queue, task.queue);
  setTime(cells.sent, task.createdAt);
  const running = task.progress && task.state === "STARTED";
  const note = running ? progressText(task.progress) : task.error && task.state !== "SUCCESS" ? task.error.message ?? task.error.type : "";
  const key = JSON.stringify([note, running && task.progress]);
  if (cells.progress.dataset.key !== key) {
    cells.progress.dataset.key = key;
    cells.progress.replaceChildren(el("div", { className: "sub", textContent: note }), running ? progressBar(task.progress) : "");
  }
}

function showTasks({ tasks, next }) {
  const shown = new Set(tasks.map((task) => task.id));
  for (const [id, { row }] of rows) {
    if (!shown.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  const body = $("task-rows");
  tasks.forEach((task, index) => {
    if (!rows.has(task.id)) {
      rows.set(task.id, makeRow(task.id));
    }
    const entry = rows.get(task.id);
    fillRow(entry, task);
    if (body.children[index] !== entry.row) {
      body.insertBefore(entry.row, body.children[index] ?? null);
    }
  });
  $("task-empty").hidden = tasks.length > 0 || next !== null;
  $("more").hidden = next === null || limit >= 1000;
}

// ---- one task

let detailId = null;
let detailShown = "";

function openDetail(id) {
  detailId = id;
  detailShown = "";
  setText($("detail-title"), "Task");
  $("detail-body").replaceChildren(el("p", { className: "sub", textContent: "Loading…" }));
  $("revoke").hidden = $("retry").hidden = true;
  say($("detail-outcome"), "");
  $("detail").showModal();
  loadDetail();
}

async function loadDetail() {
  const id = detailId;
  if (id === null) {
    return;
  }
  try {
    const task = await call(taskPath(id));
    if (id === detailId) {
      showDetail(task);
    }
  } catch (error) {
    if (id === detailId) {
      say($("detail-outcome"), whatIsWrong(error), "bad");
    }
  }
}

function showDetail(task) {
  const now = JSON.stringify(task);
  if (now === detailShown) {
    return;
  }
  detailShown = now;
  setText($("detail-title"), task.task);
  const open = new Set([...$("detail-body").querySelectorAll("details[open]")].map((d) => d.dataset.key));
  $("detail-body").replaceChildren(...detailParts(task));
  $("detail-body").querySelectorAll("details").forEach((d) => (d.open = open.has(d.dataset.key)));
  $("revoke").hidden = !CAN_REVOKE.includes(task.state);
  $("retry").hidden = !CAN_RETRY.includes(task.state);
}

function detailParts(task) {
  // Both: a finger cannot hover over a title
  const time = (instant) => instant && el("span", {}, setTime(el("time"), instant), el("span", { className: "sub", textContent: ` · ${new Date(instant).toLocaleString()}` }));
  const facts = [
    ["Id", el("span", { className: "mono", textContent: task.id })],
    ["Queue", `${task.queue}, priority ${task.priority}`],
    ["Retries", task.maxRetries < 0 ? `${task.retries}, no limit` : `${task.retries} of ${task.maxRetries}`],
    ["Sent by", task.sentBy],
    ["Sent", time(task.createdAt)],
    ["Due", time(task.dueAt)],
    ["Expires", time(task.expiresAt)],
    ["Started", time(task.startedAt)],
    ["Finished", time(task.finishedAt)],
    ["Node", task.node],
    ["Unique key", task.uniqueKey],
  ].filter(([, value]) => value);
  return [
    badge(el("span"), task.state),
    task.progress && el("div", {}, el("p", { className: "sub", textContent: progressText(task.progress) }), progressBar(task.progress)),
    el("dl", { className: "facts" }, ...facts.flatMap(([name, value]) => [el("dt", { textContent: name }), el("dd", {}, value)])),
    ...errorParts(task.error),
    ...section("Argument", json(task.argument)),
    ...(task.state === "SUCCESS" ? section("Result", json(task.result)) : []),
    ...(task.runs.length ? section("Runs", ...task.runs.map(runPart)) : []),
    ...(task.log.length ? section("Log", ...task.log.map(logPart)) : []),
    // that it was sent stands above
    ...(task.audit.length > 1 ? section("Audit", ...task.audit.slice(1).map(auditPart)) : []),
  ].filter((part) => part);
}

const section = (title, ...parts) => [el("h3", { textContent: title }), ...parts];
const json = (value) => el("pre", { textContent: JSON.stringify(value, null, 2), tabIndex: 0 });

function errorParts(error) {
  if (!error) {
    return [];
  }
  const trace = el("details", {}, el("summary", { textContent: "Stack trace" }), el("pre", { textContent: error.trace ?? "", tabIndex: 0 }));
  trace.dataset.key = "trace";
  return section("Error", el("p", { className: "error-text", textContent: error.message ?? "" }), el("p", { className: "sub mono", textContent: error.type }), error.trace ? trace : "");
}

function runPart(run) {
  const when = run.finishedAt ? `, took ${lasted(run.startedAt, run.finishedAt)}` : "";
  const where = el("span", { className: "sub" }, setTime(el("time"), run.startedAt), ` on ${run.node}${when}`);
  const part = el("div", { className: "run" }, el("span", { textContent: `Run ${run.number}` }), badge(el("span"), run.state ?? "STARTED"), where);
  if (run.error) {
    part.append(el("span", { className: "sub reason", textContent: run.error.message ?? run.error.type }));
  }
  return part;
}

function logPart(line) {
  return el("div", { className: "line" }, el("span", { className: "sub", textContent: `Run ${line.run}` }), el("span", { textContent: line.message }), el("span", { className: "sub" }, setTime(el("time"), line.at)));
}

function auditPart({ at, by, action }) {
  return el("div", { className: "line" }, el("span", { className: "sub", textContent: action.charAt(0) + action.slice(1).toLowerCase() }), el("span", { textContent: by === null ? "Nobody was logged in" : `by ${by}` }), el("span", { className: "sub" }, setTime(el("time"), at)));
}

async function steer(action, done) {
  const id = detailId;
  $("revoke").disabled = $("retry").disabled = true;
  try {
    const task = await call(`${taskPath(id)}/${action}`, { method: "POST" });
    if (id === detailId) {
      showDetail(task);
      say($("detail-outcome"), done, "good");
      // The button that had the focus may be gone
      $("close").focus();
    }
    refresh();
  } catch (error) {
    say($("detail-outcome"), whatIsWrong(error), "bad");
  } finally {
    $("revoke").disabled = $("retry").disabled = false;
  }
}

// ---- the tasks loaded

let handlers = [];

function showHandlers() {
  $("handler-rows").replaceChildren(...handlers.map((handler) => {
    const cell = (label, text, sub) => {
      const td = el("td", {}, text, sub ? el("div", { className: "sub", textContent: sub }) : "");
      td.dataset.label = label;
      return td;
    };
    const mode = handler.transactional ? "exactly once, in a transaction" : "at least once";
    const name = el("td", {}, el("strong", { textContent: handler.task }), el("div", { className: "sub", textContent: mode }));
    const argument = cell("Argument", el("span", { className: "mono", textContent: shortType(handler.argumentType), title: handler.argumentType }));
    return el("tr", {}, name, argument, cell("Queue", handler.queue), cell("Retries", ...policyText(handler.retryPolicy)), cell("Module", handler.module));
  }));
  $("handler-empty").hidden = handlers.length > 0;
  $("task-names").replaceChildren(...handlers.map((handler) => el("option", { value: handler.task })));
  checkTask();
}

const shortType = (type) => type.replace(/\b[a-z_][\w]*\./g, "");

function policyText(policy) {
  if (!policy || policy.on.length === 0) {
    return ["none by itself"];
  }
  const wait = duration(policy.countdown) + (policy.backoff > 1 ? `, ×${policy.backoff} each, up to ${duration(policy.maxCountdown)}` : "");
  const times = policy.maxRetries < 0 ? "no limit" : `${policy.maxRetries} times`;
  return [`${times}, after ${wait}`, "on " + policy.on.map(shortType).join(", ")];
}

// ---- forms

function say(element, text, tone = "", ...more) {
  element.className = `outcome ${tone}`;
  element.replaceChildren(text, ...more);
}

function checkTask() {
  const handler = handlers.find((handler) => handler.task === $("task").value);
  const unknown = $("task").value ? "Not loaded: it waits until a handler of that name is deployed." : "One of the tasks loaded, or any other name.";
  setText($("task-hint"), handler ? `Takes ${shortType(handler.argumentType)}.` : unknown);
}

function checkArgument() {
  const text = $("argument").value.trim();
  let problem = "";
  try {
    JSON.parse(text || "null");
  } catch (error) {
    problem = error.message;
  }
  const hint = $("argument-hint");
  hint.className = "hint" + (problem ? " bad" : text ? " good" : "");
  setText(hint, problem ? `Not JSON: ${problem}` : text ? "Valid JSON." : "Empty: no argument.");
  $("argument").setAttribute("aria-invalid", String(problem !== ""));
  return problem === "";
}

function sendBody() {
  const fields = { task: $("task").value.trim() };
  ["id", "countdown"].forEach((name) => $(name).value.trim() && (fields[name] = $(name).value.trim()));
  // As typed: read and written by JavaScript, long numbers would change
  const argument = $("argument").value.trim() || "null";
  return `${JSON.stringify(fields).slice(0, -1)},"argument":${argument}}`;
}

async function submit(form, request, done) {
  const outcome = form.querySelector(".outcome");
  const button = form.querySelector("[type=submit]");
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  button.disabled = true;
  say(outcome, "");
  try {
    const [text, id] = done(await request());
    const show = el("button", { type: "button", className: "link", textContent: "Show it" });
    show.addEventListener("click", () => openDetail(id));
    say(outcome, text + " ", "good", show);
    refresh();
  } catch (error) {
    const input = error.field && form.elements[error.field];
    if (input) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
    }
    say(outcome, error instanceof Refused ? whatIsWrong(error) : "The server does not answer; nothing is known to be sent.", "bad");
  } finally {
    button.disabled = false;
  }
}

$("send").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!checkArgument()) {
    $("argument").focus();
    return;
  }
  const request = () => call("api/tasks", { method: "POST", headers: { "Content-Type": "application/json" }, body: sendBody() });
  submit(event.target, request, (task) => {
    $("id").value = "";
    return [`Sent ${task.task}.`, task.id];
  });
});

$("sample").addEventListener("submit", (event) => {
  event.preventDefault();
  const request = () => call("sample/datasets", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  submit(event.target, request, (saved) => ["Saved, and the webhook is sent.", saved.task]);
});

$("task").addEventListener("input", checkTask);
$("argument").addEventListener("input", checkArgument);
$("revoke").addEventListener("click", () => steer("revoke", "Revoked."));
$("retry").addEventListener("click", () => steer("retry", "It runs again."));
$("close").addEventListener("click", () => $("detail").close());
// It comes late: another task may be open by then
$("detail").addEventListener("close", () => $("detail").open || (detailId = null));
$("detail").addEventListener("click", (event) => event.target === $("detail") && $("detail").close());
$("state").addEventListener("change", () => refresh());
$("more").addEventListener("click", () => {
  limit = Math.min(limit + STEP, 1000);
  refresh();
});

// ---- the beat: one request at a time, and none while nobody looks

let timer = null;
let turn = 0;

async function refresh() {
  clearTimeout(timer);
  const mine = ++turn;
  try {
    const page = await call(`api/tasks?limit=${limit}&state=${$("state").value}`);
    if (mine !== turn) {
      return;
    }
    if (handlers.length === 0 || $("live").dataset.state === "off") {
      handlers = await call("api/handlers");
      showHandlers();
    }
    showTasks(page);
    await loadDetail();
    live("on", "Live");
    $("notice").hidden = true;
  } catch (error) {
    if (mine === turn) {
      live("off", "Not connected");
      setText($("notice"), whatIsWrong(error));
      $("notice").hidden = false;
    }
  }
  keepTimesTrue();
  if (mine === turn && document.visibilityState === "visible") {
    timer = setTimeout(refresh, EVERY);
  }
}

document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? refresh() : clearTimeout(timer)));
refresh();
