/** Elements. Data only ever becomes text, never markup. */

import { absolute, millis, relative } from "./times.js";
import { capitalised, progressText } from "./wording.js";

export const $ = (id) => document.getElementById(id);

export function el(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const sub = (text, more = "") => el("span", { className: `sub ${more}`.trim(), textContent: text });

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows the outcome of what the user did. */
export function say(element, text, tone = "", ...more) {
  element.className = `outcome ${tone}`;
  element.replaceChildren(text, ...more);
}

export function badge(element, state) {
  element.className = "badge";
  element.dataset.state = state;
  setText(element, capitalised(state));
  return element;
}

export function progressBar(progress) {
  const bar = el("progress");
  const total = Number(progress.total);
  if (total > 0) {
    bar.max = total;
    bar.value = Math.min(Number(progress.done), total);
  }
  bar.setAttribute("aria-label", progressText(progress));
  return bar;
}

export function setTime(element, instant) {
  element.dateTime = instant;
  element.title = absolute(instant);
  setText(element, relative(instant));
  return element;
}

export const time = (instant) => setTime(el("time"), instant);

/** Returns both forms: a finger cannot hover over a title. */
export function fullTime(instant) {
  return millis(instant) === null ? time(instant) : el("span", {}, time(instant), sub(` · ${absolute(instant)}`));
}

export function keepTimesTrue() {
  document.querySelectorAll("time").forEach((time) => setText(time, relative(time.dateTime)));
}
