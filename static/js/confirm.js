/* The buttons of «Stimmt noch?» say how many entries are ticked. Without this they say how many were. */
"use strict";
{
  const form = document.querySelector("form.confirm");
  const words = (number) =>
    number === 0 ? "Noch nichts angekreuzt" : number === 1 ? "Diese eine Angabe habe ich angesehen – stimmt" : `Diese ${number} habe ich angesehen – stimmt`;
  form?.addEventListener("change", () => {
    for (const button of form.querySelectorAll("button[data-zaehlt]")) {
      const name = button.dataset.zaehlt;
      const boxes = form.querySelectorAll(name ? `input[name="${name}"]:checked` : "input[type=checkbox]:checked");
      button.firstChild.textContent = words(boxes.length);
    }
  });
}
