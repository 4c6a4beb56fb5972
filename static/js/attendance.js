// The list of who came: d, e and n choose in the row where one stands and go on to the next. Everything works without.
"use strict";

(() => {
  const states = { d: "dabei", e: "entschuldigt", n: "eingeladen" };
  const hint = document.querySelector("[data-tasten]");
  if (hint) hint.hidden = false;

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest("[data-zeile]");
    const state = states[event.key];
    if (!row || !state || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    row.querySelector(`[value="${state}"][type="radio"]`).checked = true;
    const rows = [...document.querySelectorAll("[data-zeile]")];
    const next = rows[rows.indexOf(row) + 1];
    const target = next ? next.querySelector("[type='radio']:checked") : document.querySelector("#gast, form.attendance button");
    if (target) target.focus();
  });
})();
