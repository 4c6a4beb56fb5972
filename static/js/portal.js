/* Nothing on these pages needs this. It adds «Jetzt drucken» and, where the device itself has a voice of the page's
   language, «Seite vorlesen». What is read aloud never leaves the device. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-drucken]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const box = document.querySelector("[data-vorlesen]");
  const main = document.querySelector("main");
  const speech = window.speechSynthesis;
  if (!box || !main || !speech) return;

  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, output, legend, label, caption, th, td";
  const [play, stop] = box.querySelectorAll("button");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const language = document.documentElement.lang.slice(0, 2);
  let voice, parts = [], at = 0, turn = 0; // whoever began an earlier turn no longer goes on

  function findVoice() {
    voice = speech.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);
    box.hidden = !voice;
  }

  function show(words, reading) {
    play.textContent = play.dataset[words];
    stop.hidden = !reading;
  }

  function mark(element) {
    for (const old of main.querySelectorAll("[data-liest]")) old.removeAttribute("data-liest");
    if (!element) return;
    element.setAttribute("data-liest", "");
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight)
      element.scrollIntoView({ block: "center", behavior: still.matches ? "instant" : "smooth" });
  }

  function collect() {
    return [...main.querySelectorAll(BLOCKS)].filter(
      (one) => !one.querySelector(BLOCKS) && !one.closest("[aria-hidden=true]") && one.getClientRects().length && one.innerText.trim()
    );
  }

  function read() {
    if (at >= parts.length) return end();
    const mine = ++turn;
    const words = new SpeechSynthesisUtterance(parts[at].innerText.trim());
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = () => {
      if (mine !== turn) return;
      at += 1;
      read();
    };
    mark(parts[at]);
    speech.speak(words);
    show("pause", true);
  }

  function pause() {
    turn += 1; // pause() of browsers is not to be relied on: we read the paragraph again
    speech.cancel();
    show("weiter", true);
  }

  function end() {
    turn += 1;
    speech.cancel();
    mark();
    parts = [];
    show("los", false);
  }

  play.addEventListener("click", () => {
    if (play.textContent === play.dataset.pause) return pause();
    if (!parts.length) [parts, at] = [collect(), 0];
    read();
  });
  stop.addEventListener("click", () => {
    end();
    play.focus();
  });
  window.addEventListener("pagehide", end);
  speech.addEventListener?.("voiceschanged", findVoice);
  speech.cancel(); // what the page before was reading
  findVoice();
})();
