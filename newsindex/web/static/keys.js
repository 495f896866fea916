// The keys of the page, and the help panel, which lists them and lets a reader do without them.
//
// Only single keys are listened to, none of them where a reader types or together with Ctrl, Alt or Meta, so
// that those of the browser and of a screen reader do what they always do.

const STORED = "newsindex-keys";
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const HITS = ".hits h2 a, .related li > a, .words-page #words-found > li > a";

const box = document.getElementById("q");
const help = document.getElementById("help");
const summary = help.querySelector("summary");
const inUse = document.getElementById("use-keys");
let before = null; // what had the focus before the help was opened with its key

function remember(value) {
  try {
    if (value) localStorage.setItem(STORED, value);
    return localStorage.getItem(STORED);
  } catch {
    return value; // the browser stores nothing for this page
  }
}

function show() {
  document.documentElement.classList.toggle("without-keys", !inUse.checked);
  for (const [element, key] of [[box, "/"], [summary, "?"]]) {
    if (inUse.checked) element.setAttribute("aria-keyshortcuts", key);
    else element.removeAttribute("aria-keyshortcuts");
  }
}

function toggleHelp() {
  help.open = !help.open;
  if (help.open) before = document.activeElement;
  if (help.open) summary.focus();
  else closeHelp();
  return true;
}

function closeHelp() {
  const hadFocus = help.contains(document.activeElement);
  help.open = false;
  if (hadFocus) (before?.isConnected && before !== document.body ? before : summary).focus();
  before = null;
}

function step(by) {
  const hits = [...document.querySelectorAll(HITS)];
  const here = hits.findIndex((hit) => hit.closest("li").contains(document.activeElement));
  const seen = hits.findIndex((hit) => hit.getBoundingClientRect().top >= 0);
  const next = here >= 0 ? here + by : seen;
  hits[next]?.focus();
  return hits.length > 0;
}

function open() {
  const item = document.activeElement?.closest("li");
  const hit = [...document.querySelectorAll(HITS)].find((one) => one.closest("li") === item);
  hit?.click();
  return Boolean(hit);
}

const ACTIONS = {
  "/": () => {
    box.focus();
    box.select();
    return true;
  },
  "?": toggleHelp,
  j: () => step(1),
  k: () => step(-1),
  o: open,
  n: () => {
    const next = document.querySelector(".pages .next");
    next?.click();
    return Boolean(next);
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && help.open) return closeHelp();
  if (!inUse.checked || event.target.closest?.(FIELDS)) return;
  if (Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key]()) event.preventDefault();
});

help.addEventListener("click", (event) => {
  if (event.target.closest("a")) help.open = false; // an example was chosen
});
help.addEventListener("toggle", () => {
  if (!help.open) before = null;
});
help.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !help.contains(event.relatedTarget)) help.open = false;
});
document.addEventListener("pointerdown", (event) => {
  if (help.open && !help.contains(event.target)) help.open = false;
});
inUse.addEventListener("change", () => {
  remember(inUse.checked ? "on" : "off");
  show();
});

inUse.checked = remember() !== "off";
show();
