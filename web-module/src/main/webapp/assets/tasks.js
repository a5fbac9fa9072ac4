/** The list of the newest tasks. Rows stay the same elements, so that focus and selection survive a refresh. */

import { get } from "./api.js";
import { $, badge, el, progressBar, setText, setTime } from "./dom.js";
import { elements, members, object } from "./json.js";
import { excerpt, progressText, shortId } from "./wording.js";

const STEP = 25;
const LARGEST_PAGE = 1000;
const rows = new Map();
let limit = STEP;
let rowsMade = 0;

/** Returns the answer, for {@link showTasks}. */
export const loadTasks = () => get(`api/tasks?limit=${limit}&state=${$("state").value}`);

export function showTasks(answer, open) {
  const page = members(answer);
  const tasks = elements(page.get("tasks")).map((json) => object(json, ["argument", "progress"]));
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
      rows.set(task.id, makeRow(task.id, open));
    }
    const entry = rows.get(task.id);
    fillRow(entry, task);
    if (body.children[index] !== entry.row) {
      body.insertBefore(entry.row, body.children[index] ?? null);
    }
  });
  const last = page.get("next") === "null";
  $("task-empty").hidden = tasks.length > 0 || !last;
  $("more").hidden = last || limit >= LARGEST_PAGE;
}

export function showMore() {
  limit = Math.min(limit + STEP, LARGEST_PAGE);
}

function makeRow(id, open) {
  const cells = {
    open: el("button", { type: "button", className: "open" }),
    argument: el("span", { className: "mono" }),
    note: el("div", { className: "note" }),
    state: el("span"),
    queue: el("td", { className: "sub" }),
    sent: el("time"),
  };
  const which = el("div", { className: "which sub", id: `which-${++rowsMade}` }, el("span", { className: "mono", textContent: shortId(id), title: id }), " ", cells.argument);
  cells.open.setAttribute("aria-haspopup", "dialog");
  // The rows of one task are distinct for those who hear the page, too
  cells.open.setAttribute("aria-describedby", which.id);
  const row = el("tr", {}, el("td", {}, cells.open, which, cells.note), el("td", {}, cells.state), cells.queue, el("td", { className: "sub" }, cells.sent));
  row.addEventListener("click", () => open(id));
  return { row, cells };
}

function fillRow({ cells }, task) {
  setText(cells.open, task.task);
  setText(cells.argument, excerpt(task.argument, task.argumentCut));
  badge(cells.state, task.state);
  setText(cells.queue, task.queue);
  setTime(cells.sent, task.createdAt);
  const progress = task.state === "STARTED" && task.progress ? object(task.progress, ["done", "total"]) : null;
  const note = progress ? progressText(progress) : task.error && task.state !== "SUCCESS" ? task.error.message ?? task.error.type : "";
  const key = `${note} ${progress?.done}`;
  if (cells.note.dataset.key !== key) {
    cells.note.dataset.key = key;
    cells.note.replaceChildren(...(note ? [el("div", { className: "sub", textContent: note })] : []), ...(progress ? [progressBar(progress)] : []));
  }
}
