// What the page only does with a script: suggestions, periods chosen on the chart, results that change in
// place, and word of new articles. Every state has an address that the server can answer without a script.

const say = document.body.dataset;
const root = say.root;
const box = document.getElementById("q");
const list = document.getElementById("suggestions");
const status = document.getElementById("status");
const page = document.getElementById("page");
const isFrench = document.documentElement.lang === "fr";

function counted(forms, n, values = {}) {
  const [one, many] = forms.split("|");
  const form = n === 1 || (n === 0 && isFrench) ? one : many ?? one;
  const all = { n: n.toLocaleString(isFrench ? "fr-FR" : "en-GB"), ...values };
  return form.replace(/\{(\w+)\}/g, (_, name) => all[name]);
}

// Results change in place

let going = null;

async function go(address, { isNew = true, top = 0 } = {}) {
  going?.abort();
  const mine = (going = new AbortController());
  const query = box.value;
  closeSuggestions();
  page.setAttribute("aria-busy", "true");
  const patience = setTimeout(() => (status.textContent = say.loading), 500);
  try {
    const response = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const content = next.getElementById("page");
    if (!content) throw new Error("not a page of ours");
    if (isNew) {
      history.replaceState({ top: scrollY }, "");
      history.pushState({ top: 0 }, "", address);
    }
    show(next, content, top);
    if (box.value === query) box.value = next.getElementById("q").value;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    clearTimeout(patience);
    if (going === mine) page.removeAttribute("aria-busy");
  }
}

function show(next, content, top) {
  const focusWasInside = page.contains(document.activeElement);
  page.replaceChildren(...content.childNodes);
  document.title = next.title;
  document.getElementById("language").href = next.getElementById("language").getAttribute("href");
  const feed = 'link[rel="alternate"]';
  document.querySelector(feed).href = next.querySelector(feed).getAttribute("href");
  const summary = document.getElementById("summary");
  if (focusWasInside) summary?.focus({ preventScroll: true }); // so that a screen reader reads it
  status.textContent = focusWasInside ? "" : summary?.textContent ?? "";
  scrollTo(0, top);
  prepareChart();
  lookForNew();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-live]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!dragged) go(link.getAttribute("href"));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form !== box.form && !form.hasAttribute("data-live")) return;
  event.preventDefault();
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  go(`${root}/${given.length ? `?${new URLSearchParams(given)}` : ""}`);
});

addEventListener("popstate", (event) => {
  if (event.state) go(location.href, { isNew: false, top: event.state.top ?? 0 });
});
history.replaceState(history.state ?? { top: 0 }, "");

// The words that stand out: they take long, so that they come only when they are asked for

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-words]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const panel = link.parentElement;
  panel.setAttribute("aria-busy", "true");
  status.textContent = say.loading;
  try {
    const response = await fetch(link.getAttribute("href"), { headers: { Accept: "text/html" } });
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = answer.getElementById("words-found");
    if (!panel.isConnected) return;
    if (!found) throw new Error("no words");
    panel.replaceWith(found);
    const first = found.querySelector("a");
    first?.focus({ preventScroll: true });
    status.textContent = counted(say.words, found.querySelectorAll("li").length);
  } catch {
    panel.textContent = status.textContent = say.wordsFailed;
  }
});

// Suggestions: the combobox pattern, the focus staying in the box

let asked = null;
let pause = 0;
let chosen = -1;
let typed = "";

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", list.id);
box.setAttribute("aria-expanded", "false");

function closeSuggestions() {
  clearTimeout(pause);
  asked?.abort();
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

async function suggest() {
  typed = box.value;
  if (typed.trim().length < 2) return closeSuggestions();
  asked?.abort();
  asked = new AbortController();
  try {
    const parameters = new URLSearchParams({ prefix: typed });
    const response = await fetch(`${root}/api/suggest?${parameters}`, { signal: asked.signal });
    if (!response.ok) return closeSuggestions();
    const { suggestions } = await response.json();
    if (document.activeElement === box && box.value === typed) offer(suggestions);
  } catch (error) {
    if (error.name !== "AbortError") closeSuggestions();
  }
}

function offer(suggestions) {
  if (!suggestions.length) return closeSuggestions();
  list.replaceChildren(
    ...suggestions.map((text, i) => {
      const option = document.createElement("li");
      option.id = `suggestion-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dir = "auto";
      option.textContent = text;
      return option;
    }),
  );
  chosen = -1;
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  box.removeAttribute("aria-activedescendant");
  status.textContent = counted(say.suggestions, suggestions.length);
}

function choose(i) {
  const options = list.children;
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = i;
  const option = options[chosen];
  if (option) {
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  } else {
    box.removeAttribute("aria-activedescendant");
  }
  box.value = option ? option.textContent : typed;
}

box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(suggest, 120);
});
box.addEventListener("blur", closeSuggestions);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const count = list.children.length;
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    box.value = typed;
    closeSuggestions();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) suggest();
    else if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
    else choose(chosen < 0 ? count - 1 : chosen - 1);
  }
});
list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the focus stays in the box
});
list.addEventListener("click", (event) => {
  const option = event.target.closest("li");
  if (!option) return;
  box.value = option.textContent;
  box.form.requestSubmit();
});

// The chart: one stop in the order of Tab, arrow keys within it, and periods chosen by dragging or with Shift

let bars = [];
let rangeStart = -1; // the bar where the choice of a period began
let rangeEnd = -1; // the bar where it has come to
let isDragging = false;
let dragged = false;

function prepareChart() {
  bars = [...document.querySelectorAll("#chart a")];
  rangeStart = rangeEnd = -1;
  isDragging = dragged = false;
  bars.forEach((bar, i) => bar.setAttribute("tabindex", i === bars.length - 1 ? "0" : "-1"));
}

function range() {
  return bars.slice(Math.min(rangeStart, rangeEnd), Math.max(rangeStart, rangeEnd) + 1);
}

function paint() {
  const inside = new Set(rangeStart === rangeEnd ? [] : range());
  for (const bar of bars) bar.classList.toggle("chosen", inside.has(bar));
}

function goToRange() {
  const inside = range();
  const address = new URL(inside[0].getAttribute("href"), location.href);
  address.searchParams.set("since", inside[0].dataset.since);
  address.searchParams.set("until", inside.at(-1).dataset.until);
  go(address.pathname + address.search);
}

function announceRange() {
  const inside = range();
  const n = inside.reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
  const [since, until] = [inside[0].dataset.name, inside.at(-1).dataset.name];
  const period = say.fromTo.replace("{since}", since).replace("{until}", until);
  status.textContent = counted(say.bar, n, { period });
}

function barAt(event) {
  const { left, width } = document.getElementById("chart").getBoundingClientRect();
  const place = Math.floor(((event.clientX - left) / width) * bars.length);
  return Math.max(0, Math.min(bars.length - 1, place));
}

document.addEventListener("pointerdown", (event) => {
  dragged = false;
  if (event.button || !event.target.closest?.("#chart")) return;
  isDragging = true;
  rangeStart = rangeEnd = barAt(event);
});
document.addEventListener("pointermove", (event) => {
  if (!isDragging) return;
  if (!event.buttons) return endDrag(); // the button was released outside of the window
  rangeEnd = barAt(event);
  dragged = rangeEnd !== rangeStart;
  paint();
});
document.addEventListener("pointerup", () => {
  if (!isDragging) return;
  isDragging = false;
  if (dragged) goToRange();
  setTimeout(() => (dragged = false)); // after the click that follows
});
document.addEventListener("pointercancel", endDrag);

function endDrag() {
  isDragging = dragged = false;
  rangeStart = rangeEnd = -1;
  paint();
}

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("#chart")) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const here = bars.indexOf(event.target.closest?.("#chart a"));
  if (here < 0) return;
  const to = {
    ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: bars.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    const next = Math.max(0, Math.min(bars.length - 1, to));
    bars[here].setAttribute("tabindex", "-1");
    bars[next].setAttribute("tabindex", "0");
    bars[next].focus();
    if (!event.shiftKey || rangeStart < 0) rangeStart = event.shiftKey ? here : next;
    rangeEnd = next;
    paint();
    if (rangeStart !== rangeEnd) announceRange();
  } else if (event.key === "Enter" && rangeStart >= 0 && rangeStart !== rangeEnd) {
    event.preventDefault();
    goToRange();
  } else if (event.key === "Escape") {
    rangeStart = rangeEnd = here;
    paint();
  }
});

// News of articles, once a minute while the page is visible: there are more, or the newest is another one; or
// what is shown of the articles of this page has changed

const MINUTE = 60_000;

async function lookForNew() {
  const summary = document.querySelector("#summary[data-total]");
  const fresh = document.getElementById("fresh");
  if (document.hidden || !summary || !fresh) return;
  const parameters = new URLSearchParams(location.search);
  for (const name of ["after", "ui"]) parameters.delete(name);
  parameters.set("sort", "newest");
  parameters.set("limit", "1");
  try {
    const response = await fetch(`${root}/api/search?${parameters}`);
    if (!response.ok || !fresh.isConnected) return;
    const { total, hits } = await response.json();
    const { id = "", published } = hits[0] ?? {};
    const known = (summary.newest ??= { id, published }); // the first time
    const isNewer = (known.id !== id || known.published !== published)
      && Date.parse(published) >= (Date.parse(known.published) || -Infinity);
    const more = Math.max(total - Number(summary.dataset.total), Number(isNewer));
    if (more > 0) announce(fresh, counted(say.new, more));
    else if (await haveResultsChanged(summary) && fresh.isConnected) announce(fresh, say.changed, location.href);
  } catch {
    // the server does not answer now; it is asked again in a minute
  }
}

function announce(fresh, news, address) {
  const [text, link] = fresh.children;
  text.textContent = news;
  link.dataset.first ??= link.getAttribute("href");
  link.setAttribute("href", address ?? link.dataset.first);
  if (fresh.hidden) status.textContent = news;
  fresh.hidden = false;
}

async function haveResultsChanged(summary) {
  const { commit } = await (await fetch(`${root}/api/health`)).json();
  if (String(commit) === summary.dataset.commit) return false;
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || shownArticles(next) !== shownArticles(document)) return response.ok;
  summary.dataset.commit = commit; // nothing of this page is in it
  return false;
}

function shownArticles(shown) {
  const parts = [...shown.querySelectorAll(".hits a, .hits .snippet, .hits time, .hits .source, .hits .section")];
  return parts.map((part) => [part.getAttribute("href"), part.dateTime, part.textContent].join("\n")).join("\n");
}

setInterval(lookForNew, MINUTE);
document.addEventListener("visibilitychange", lookForNew);

document.documentElement.classList.add("enhanced");
prepareChart();
lookForNew();
