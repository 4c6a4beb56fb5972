"use strict";
/* Names for the search fields that select2 draws without any: what the select is called, its field is called too. */
(() => {
  const nameOf = (select) => {
    const label = select.id && document.querySelector(`label[for="${select.id}"]`);
    return select.getAttribute("aria-label") || (label && label.textContent.trim()) || "Auswahl";
  };
  const set = (element, key, value) => {
    if (element && element.getAttribute(key) !== value) element.setAttribute(key, value);
  };
  const name = () => {
    for (const drawn of document.querySelectorAll("select.admin-autocomplete + .select2-container")) {
      const called = nameOf(drawn.previousElementSibling);
      const box = drawn.querySelector(".select2-selection--single");
      if (box) {
        box.removeAttribute("aria-labelledby");
        const chosen = drawn.querySelector(".select2-selection__rendered");
        set(chosen, "aria-label", called);
        set(box, "aria-label", [called, chosen && chosen.getAttribute("title")].filter(Boolean).join(" "));
      }
      set(drawn.querySelector(".select2-search__field"), "aria-label", called);
      for (const part of drawn.querySelectorAll("ul.select2-selection__rendered, ul.select2-selection__rendered > li"))
        set(part, "role", "presentation");
    }
    set(document.querySelector(".select2-dropdown .select2-search__field"), "aria-label", "Suchen");
  };
  document.addEventListener("DOMContentLoaded", () => {
    name();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  });
})();
