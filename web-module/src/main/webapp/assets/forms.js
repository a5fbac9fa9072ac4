/** The forms: send a task, and the sample. */

import { post } from "./api.js";
import { $, el, say, setText } from "./dom.js";
import { logOwn, Unreachable, whatIsWrong } from "./errors.js";
import { handlerOf } from "./handlers.js";
import { object } from "./json.js";
import { shortType } from "./wording.js";

/** @param open shows a task, @param changed is called after each change */
export function prepareForms(open, changed) {
  $("task").addEventListener("input", checkTask);
  $("argument").addEventListener("input", checkArgument);
  $("send").addEventListener("submit", (event) => {
    event.preventDefault();
    if (checkArgument()) {
      submit(event.target, sendTask, open, changed);
    } else {
      $("argument").focus();
    }
  });
  $("sample").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target, () => saveSample(event.target), open, changed);
  });
}

export function checkTask() {
  const name = $("task").value;
  const handler = handlerOf(name);
  const unknown = name ? "Not loaded: it waits until a handler of that name is deployed." : "One of the tasks loaded, or any other name.";
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

async function sendTask() {
  const fields = { task: $("task").value.trim() };
  ["id", "countdown"].forEach((name) => $(name).value.trim() && (fields[name] = $(name).value.trim()));
  // As typed: read and written by JavaScript, long numbers would change
  const argument = $("argument").value.trim() || "null";
  const body = `${JSON.stringify(fields).slice(0, -1)},"argument":${argument}}`;
  const sent = object(await post("api/tasks", body, "application/json"), ["argument", "result"]);
  $("id").value = "";
  return { text: `Sent ${sent.task}.`, id: sent.id };
}

async function saveSample(form) {
  const saved = object(await post("sample/datasets", new URLSearchParams(new FormData(form))));
  return { text: "Saved, and the webhook is sent.", id: saved.task };
}

async function submit(form, request, open, changed) {
  const outcome = form.querySelector(".outcome");
  const button = form.querySelector("[type=submit]");
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  button.disabled = true;
  say(outcome, "");
  try {
    const { text, id } = await request();
    const show = el("button", { type: "button", className: "link", textContent: "Show it" });
    show.addEventListener("click", () => open(id));
    say(outcome, text + " ", "good", show);
    changed();
  } catch (error) {
    logOwn(error);
    const input = error.field && form.elements[error.field];
    if (input) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
    }
    say(outcome, error instanceof Unreachable ? "The server does not answer. The task may have been sent: look for it before you send it again." : whatIsWrong(error), "bad");
  } finally {
    button.disabled = false;
  }
}
