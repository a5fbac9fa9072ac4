/** The start: ties the parts together and keeps them up to date. One request at a time, and none while the page is hidden. */

import { closed, endTrouble, loadDetail, openDetail, showTrouble, steer } from "./detail.js";
import { $, keepTimesTrue, setText } from "./dom.js";
import { logOwn, Unreachable, whatIsWrong } from "./errors.js";
import { checkTask, prepareForms } from "./forms.js";
import { areLoaded, loadHandlers } from "./handlers.js";
import { loadTasks, showMore, showTasks } from "./tasks.js";

const EVERY = 2000;
let timer = null;
let turn = 0;
let broken = "";

async function refresh() {
  clearTimeout(timer);
  const mine = ++turn;
  try {
    const tasks = await loadTasks();
    if (mine !== turn) {
      return;
    }
    showTasks(tasks, openDetail);
    // A server that was away may have other tasks now
    if (!areLoaded() || $("live").dataset.state === "off") {
      await loadHandlers();
      checkTask();
    }
    live("on", "Live");
    showNotice(broken);
    await refreshDetail();
  } catch (error) {
    if (mine === turn) {
      live("off", error instanceof Unreachable ? "Not connected" : "Not up to date");
      report(error);
    }
  }
  keepTimesTrue();
  if (mine === turn && document.visibilityState === "visible") {
    timer = setTimeout(refresh, EVERY);
  }
}

/** One task may be gone, or the server away again: the list is up to date all the same. */
async function refreshDetail() {
  try {
    await loadDetail();
    endTrouble();
  } catch (error) {
    showTrouble(error);
  }
}

/** Tells of the error once: in the dialog if one is open, else on the page. */
function report(error) {
  showNotice(showTrouble(error) ? "" : whatIsWrong(error));
}

/** An error that no other code expects: the page may not do what it should, so the notice stays. */
function fail(error) {
  logOwn(error);
  broken = whatIsWrong(error);
  showNotice(broken);
}

function showNotice(text) {
  setText($("notice"), text);
  $("notice").hidden = text === "";
}

function live(state, text) {
  $("live").dataset.state = state;
  setText($("live-text"), text);
}

async function change(action, done) {
  await steer(action, done);
  refresh();
}

$("revoke").addEventListener("click", () => change("revoke", "Revoked."));
$("retry").addEventListener("click", () => change("retry", "It runs again."));
$("close").addEventListener("click", () => $("detail").close());
$("detail").addEventListener("close", closed);
$("detail").addEventListener("click", (event) => event.target === $("detail") && $("detail").close());
$("state").addEventListener("change", refresh);
$("more").addEventListener("click", () => {
  showMore();
  refresh();
});
prepareForms(openDetail, refresh);
addEventListener("error", (event) => event.error && fail(event.error));
addEventListener("unhandledrejection", (event) => fail(event.reason));
document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? refresh() : clearTimeout(timer)));
refresh();
