// What a keyboard and a hurried reader gain; every page works without this file.
"use strict";

const box = document.getElementById("q");
const keys = document.getElementById("keys");
const titles = [...document.querySelectorAll(".hit h2 a")];
const marks = [...document.querySelectorAll(".reading mark")];

function step(list, by) {
  const at = list.indexOf(document.activeElement);
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next) next.focus();
}

let mark = -1;
function stepMark(by) {
  if (!marks.length) return;
  marks[mark]?.classList.remove("here");
  mark = (mark + by + marks.length) % marks.length;
  marks[mark].classList.add("here");
  marks[mark].scrollIntoView({ block: "center" });
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

// Queries to choose from while typing; a plain list, which the browser shows and reads out.
const offers = document.getElementById("offers");
let waiting;
let asking;
box?.addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (event.inputType === "insertReplacementText" || box.value.trim().length < 2) return;
  waiting = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const address = `${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      offers.replaceChildren(...suggestions.map(({ text, name_en: latin }) => {
        const option = document.createElement("option");
        option.value = text;
        if (latin) option.label = latin;
        return option;
      }));
    } catch (error) {
      if (error.name !== "AbortError") offers.replaceChildren(); // a page that offers nothing
    }
  }, 150);
});
