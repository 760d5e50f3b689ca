// What a keyboard and a hurried reader gain; every page works without this file.
"use strict";

const box = document.getElementById("q");
const keys = document.getElementById("keys");
const titles = [...document.querySelectorAll(".hit .title a")];
const marks = [...document.querySelectorAll(".reading mark")];

function step(list, by) {
  const at = list.indexOf(document.activeElement);
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next) next.focus();
}

let mark = -1;
const stepping = document.querySelector(".stepping");
function stepMark(by) {
  if (!marks.length) return;
  marks[mark]?.classList.remove("here");
  mark = mark < 0 && by < 0 ? marks.length - 1 : (mark + by + marks.length) % marks.length;
  marks[mark].classList.add("here");
  marks[mark].scrollIntoView({ block: "center" });
  stepping.querySelector("output").textContent = `${mark + 1} / ${marks.length}`;
}
if (stepping && marks.length) {
  stepping.hidden = false;
  stepping.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) stepMark(Number(button.dataset.step));
  });
}

// References: one click puts one on the clipboard, also where the page came without TLS.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
const copying = document.querySelector("[data-copying]");
if (copying) {
  const said = copying.querySelector("[data-copied]");
  copying.hidden = false;
  copying.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy);
    said.textContent = said.dataset.copied;
  });
}

const actions = {
  "/": () => { box?.focus(); box?.select(); },
  j: () => step(titles, 1),
  k: () => step(titles, -1),
  n: () => stepMark(1),
  p: () => stepMark(-1),
  "?": () => keys?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || keys?.open) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  // Letters by their place: j is j on an Arabic keyboard, too.
  const place = { KeyJ: "j", KeyK: "k", KeyN: "n", KeyP: "p" }[event.code];
  const action = actions[event.key] ?? (event.shiftKey ? undefined : actions[place]);
  if (!action) return;
  event.preventDefault();
  action();
});

// A stretch of time: dragged over the bars, or chosen with the arrow keys.
function timeline(figure) {
  const bars = [...figure.querySelectorAll("svg a")];
  const svg = figure.querySelector("svg");
  const told = figure.querySelector(".at");
  const usual = told.textContent;
  const leftward = getComputedStyle(figure).direction === "rtl" ? 1 : -1;
  let first = -1;
  let last = -1;

  const picked = () => bars.slice(Math.min(first, last), Math.max(first, last) + 1);
  function show() {
    const some = first < 0 ? [] : picked();
    svg.classList.toggle("picking", some.length > 0);
    for (const bar of bars) bar.classList.toggle("picked", some.includes(bar));
    const count = some.reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
    const [start, end] = [some[0], some.at(-1)].map((bar) => bar?.dataset.label);
    // A story that was printed in two months is one story in both together.
    const many = some.length > 1 && figure.dataset.most ? figure.dataset.most.replace("#", count) : count;
    told.textContent = some.length ? `${start === end ? start : `${start} – ${end}`}: ${many}` : usual;
  }
  function pick(from, to) {
    [first, last] = [from, to].map((at) => Math.min(Math.max(at, 0), bars.length - 1));
    show();
  }
  function go() {
    const some = picked();
    const address = new URL(some[0].href.baseVal, location.href);
    address.searchParams.set(figure.dataset.from ?? "from", some[0].dataset.period);
    address.searchParams.set(figure.dataset.to ?? "to", some.at(-1).dataset.period);
    location.assign(address);
  }
  function under(event) {
    const distance = (bar) => {
      const { left, right } = bar.firstElementChild.nextElementSibling.getBoundingClientRect();
      return Math.abs((left + right) / 2 - event.clientX);
    };
    return bars.reduce((best, bar, at) => (distance(bar) < distance(bars[best]) ? at : best), 0);
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    svg.setPointerCapture(event.pointerId);
    const at = under(event);
    pick(at, at);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) pick(first, under(event));
  });
  svg.addEventListener("pointerup", (event) => {
    if (svg.hasPointerCapture(event.pointerId) && first >= 0) go();
  });
  svg.addEventListener("pointercancel", () => { first = last = -1; show(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault();
  });

  const handle = figure.querySelector(".handle");
  handle.tabIndex = 0;
  handle.setAttribute("role", "group");
  handle.setAttribute("aria-label", figure.dataset.hint);
  told.setAttribute("aria-live", "polite");
  handle.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: bars.length - 1 };
    const by = { ArrowLeft: leftward, ArrowRight: -leftward }[event.key];
    if (by || event.key in ends) {
      const to = ends[event.key] ?? (last < 0 ? ends[by > 0 ? "Home" : "End"] : last + by);
      pick(event.shiftKey && first >= 0 ? first : to, to);
    } else if (event.key === "Enter" && first >= 0) go();
    else if (event.key === "Escape") { first = last = -1; show(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
document.querySelectorAll("[data-timeline]").forEach(timeline);

const showKeys = document.getElementById("show-keys");
if (showKeys) {
  showKeys.hidden = false;
  showKeys.addEventListener("click", () => keys.showModal());
}

// Queries to choose from while typing; a plain list, which the browser shows and reads out. A name
// that is chosen is searched as the person (or country …), not as whoever is called so.
const offers = document.getElementById("offers");
let waiting;
let asking;
let chosen = "";
// Browsers show only what holds the letters typed: in its text or its label.
function labelled({ text, name_en: latin, arabic }) {
  const other = latin || arabic || "";
  const typed = box.value.trim();
  const shown = `${text} ${other}`.toLowerCase().includes(typed.toLowerCase());
  return shown ? other : [other, typed].filter(Boolean).join(" · ");
}
box?.form.addEventListener("submit", () => { if (chosen) box.value = chosen; });
box?.addEventListener("input", (event) => {
  clearTimeout(waiting);
  const option = [...offers.options].find(({ value }) => value === box.value);
  const picked = !event.inputType || event.inputType === "insertReplacementText";
  chosen = (picked && option?.dataset.query) || "";
  if (picked || box.value.trim().length < 2) return;
  waiting = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const address = `${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      offers.replaceChildren(...suggestions.map((offered) => {
        const option = document.createElement("option");
        const label = labelled(offered);
        option.value = offered.text;
        option.lang = /[\u0620-\u06ff]/.test(offered.text) ? "ar" : "en";
        option.dataset.query = offered.query;
        if (label) option.label = label;
        return option;
      }));
    } catch (error) {
      if (error.name !== "AbortError") offers.replaceChildren(); // a page that offers nothing
    }
  }, 150);
});
