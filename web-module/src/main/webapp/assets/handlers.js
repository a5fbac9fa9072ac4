/** The tasks loaded: the table, and the names that the form offers. */

import { get } from "./api.js";
import { $, el } from "./dom.js";
import { elements, object } from "./json.js";
import { policyText, shortType } from "./wording.js";

let handlers = [];

export const handlerOf = (task) => handlers.find((handler) => handler.task === task);

export const areLoaded = () => handlers.length > 0;

export async function loadHandlers() {
  handlers = elements(await get("api/handlers")).map((json) => object(json));
  $("handler-rows").replaceChildren(...handlers.map(row));
  $("handler-empty").hidden = areLoaded();
  // an application of a user's need not have the task of the sample
  $("sample-card").hidden = handlerOf("webhook.notify") === undefined;
  $("task-names").replaceChildren(...handlers.map((handler) => el("option", { value: handler.task })));
}

function row(handler) {
  const mode = handler.transactional ? "exactly once, in a transaction" : "at least once";
  const name = el("td", {}, el("strong", { textContent: handler.task }), el("div", { className: "sub", textContent: mode }));
  const argument = el("span", { className: "mono", textContent: shortType(handler.argumentType), title: handler.argumentType });
  return el("tr", {}, name, cell("Argument", argument), cell("Queue", handler.queue), cell("Retries", ...policyText(handler.retryPolicy)), cell("Module", handler.module));
}

function cell(label, text, more) {
  const td = el("td", {}, text, more ? el("div", { className: "sub", textContent: more }) : "");
  td.dataset.label = label;
  return td;
}
