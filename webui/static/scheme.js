// Light or dark as the reader chose last; runs before the page is drawn, so that nothing flashes.
"use strict";

try {
  const chosen = localStorage.getItem("scheme");
  if (chosen) document.documentElement.dataset.scheme = chosen;
} catch {
  // Storage is forbidden here: the system's wish stays in force.
}

document.documentElement.dataset.ready = ""; // the switch works, so it may be seen

document.addEventListener("click", (event) => {
  if (!event.target.closest("#scheme")) return;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.scheme ?? system) === "dark" ? "light" : "dark";
  root.dataset.scheme = next;
  try {
    localStorage.setItem("scheme", next);
  } catch {
    // Then the choice holds for this page only.
  }
});
