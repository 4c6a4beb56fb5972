/* «Beratung eintragen» by keyboard: topics become chips, a key chooses in a column, a street is looked up at once.
   Without this file the same form works with three fields for topics and a button «Nachschlagen».
   A draft is kept for this tab only, and only as codes: never a word that was typed, never a street. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-protokoll]");
  if (!form) return;
  const umlauts = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const fold = (text) => text.toLowerCase().replace(/[äöüß]/g, (one) => umlauts[one]).normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => fold(text).match(/[a-z0-9]+/g) || [];
  const make = (name, attributes = {}, text = "") => {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.textContent = text;
    return made;
  };
  const radios = (name) => [...form.querySelectorAll(`input[type=radio][name=${name}]`)];

  /* ---- a key chooses ---- */
  for (const group of form.querySelectorAll("[data-tasten]"))
    group.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
      const label = [...group.querySelectorAll("label[data-taste]")].find((one) => one.dataset.taste === event.key);
      if (!label) return;
      event.preventDefault();
      const radio = label.querySelector("input");
      radio.checked = true;
      radio.focus();
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    });
  form.querySelector("#tasten").hidden = false;

  /* ---- topics ---- */
  const box = form.querySelector("[data-themen]");
  const most = Number(box.dataset.most);
  const options = [...form.querySelectorAll("#themen option")].map((one) => ({
    code: one.dataset.code, name: one.value, main: one.textContent.trim(), words: words(one.value),
  }));
  const fields = [...box.querySelectorAll("input")];
  const input = fields[0];
  const chips = make("ul", { class: "chips", "aria-label": "Gewählte Themen" });
  const list = make("ul", { role: "listbox", id: "themen-wahl", class: "found-topics", "aria-label": "Passende Themen", hidden: "" });
  const said = make("p", { role: "status", class: "hint" });
  let chosen = [];
  let shown = [];
  let active = 0;

  const find = (typed) => {
    const wanted = words(typed);
    const whole = wanted.join(" ");
    if (!whole) return [];
    const rank = (one) => {
      const name = one.words.join(" ");
      if (one.code.toLowerCase() === whole || name === whole) return 1;
      if (name.startsWith(whole)) return 2;
      return wanted.every((part) => one.words.some((word) => word.startsWith(part))) ? 3 : 0;
    };
    return options.map((one) => [rank(one), one]).filter((pair) => pair[0]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
  };

  const draw = () => {
    chips.replaceChildren(...chosen.map((one) => {
      const item = make("li");
      const away = make("button", { type: "button", class: "chip", "aria-label": `${one.name} entfernen`, tabindex: "-1" }, `${one.name} ×`);
      away.addEventListener("click", () => { drop(one); input.focus(); });
      item.append(away, make("input", { type: "hidden", name: "thema", value: one.code }));
      return item;
    }));
    keep();
  };
  const show = () => {
    shown = find(input.value).filter((one) => !chosen.includes(one)).slice(0, 7);
    active = 0;
    list.replaceChildren(...shown.map((one, at) => {
      const item = make("li", { role: "option", id: `thema-wahl-${at}`, "aria-selected": String(at === active) }, one.name);
      if (one.main) item.append(make("span", { class: "hint" }, ` ${one.main}`));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
      return item;
    }));
    mark();
  };
  const mark = () => {
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (shown.length) input.setAttribute("aria-activedescendant", `thema-wahl-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const take = (one) => {
    if (chosen.length >= most) said.textContent = "Höchstens drei Themen. Die Rücktaste nimmt das letzte weg.";
    else { chosen.push(one); said.textContent = `${one.name} gewählt.`; }
    input.value = "";
    draw();
    show();
  };
  const drop = (one) => {
    chosen = chosen.filter((other) => other !== one);
    said.textContent = `${one.name} entfernt.`;
    draw();
  };

  input.addEventListener("input", () => { said.textContent = ""; show(); });
  input.addEventListener("blur", () => { list.hidden = true; });
  input.addEventListener("keydown", (event) => {
    const typed = input.value.trim();
    if (["Enter", "Tab", ",", ";"].includes(event.key) && typed && !event.shiftKey) {
      if (shown[active]) take(shown[active]);
      else said.textContent = `Zu «${typed}» gibt es kein Thema.`;
      if (event.key !== "Tab" || input.value) event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!shown.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Escape") {
      shown = [];
      mark();
    } else if (event.key === "Backspace" && !input.value && chosen.length) drop(chosen[chosen.length - 1]);
  });

  /* ---- where the person lives ---- */
  const where = form.querySelector("[data-wo]");
  const street = where.querySelector("input[name=ort]");
  const found = where.querySelector(".found");
  const away = found.querySelector("[data-weg]");
  const codes = ["quartier", "bezirk"].map((name) => form.elements[name]);
  const hint = make("p", { role: "status", class: "hint" });
  where.append(hint);
  where.querySelector("button[name=nachschlagen]").remove();
  away.hidden = false;
  const settle = (answer) => {
    codes[0].value = answer.quartier || "";
    codes[1].value = answer.bezirk || "";
    found.querySelector("[data-name]").textContent = answer.name || "";
    found.hidden = !answer.name;
    keep();
  };
  away.addEventListener("click", () => { settle({}); street.focus(); });
  const lookUp = async () => {
    const asked = street.value.trim();
    if (!asked) return;
    const body = new URLSearchParams({ ort: asked, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    let answer;
    try {
      const response = await fetch(form.dataset.ort, { method: "POST", body });
      if (!response.ok || response.redirected) return;
      answer = await response.json();
    } catch { return; }  // the form takes the street along, and the server looks it up
    if (street.value.trim() !== asked) return;
    hint.textContent = answer.satz;
    for (const old of where.querySelectorAll(".choose")) old.remove();
    if (answer.name) { street.value = ""; settle(answer); }
    if (!answer.wahl.length) return;
    const choose = make("div", { class: "choose" });
    for (const one of answer.wahl) {
      const button = make("button", { type: "button", class: "quiet" }, one.name);
      button.addEventListener("click", () => {
        street.value = "";
        hint.textContent = "";
        choose.remove();
        settle({ bezirk: one.bezirk, name: one.name.split(", ").pop() });
      });
      choose.append(button);
    }
    where.append(choose);
  };
  street.addEventListener("change", lookUp);

  /* ---- the draft: codes only ---- */
  const KEY = "protokoll-entwurf";
  const NAMES = ["asker", "outcome", "duration", "age_group", "is_first", "channel", "half_day"];
  const isNew = form.dataset.protokoll === "neu";
  let ready = false;
  function keep() {
    if (!ready || !isNew) return;
    const draft = { topics: chosen.map((one) => one.code), submission: form.elements.submission.value };
    for (const name of NAMES) draft[name] = (radios(name).find((one) => one.checked) || {}).value;
    for (const field of codes) draft[field.name] = field.value;
    try { sessionStorage.setItem(KEY, JSON.stringify(draft)); } catch { /* then without a draft */ }
  }
  const forget = () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } };
  const restore = () => {
    let draft = null;
    try { draft = JSON.parse(sessionStorage.getItem(KEY)); } catch { return; }
    if (!draft) return;
    if ("ohneEntwurf" in form.dataset || draft.submission === form.dataset.zuletzt) return forget();
    form.elements.submission.value = draft.submission;
    chosen = options.filter((one) => draft.topics.includes(one.code));
    for (const name of NAMES) for (const one of radios(name)) one.checked = one.value === draft[name];
    for (const field of codes) field.value = draft[field.name];
    if (codes[1].value) {
      found.querySelector("[data-name]").textContent = "wie vorhin angegeben";
      found.hidden = false;
    }
  };

  for (const field of fields) {
    const one = find(field.value)[0];
    if (one && !chosen.includes(one)) chosen.push(one);
    field.value = "";
    field.removeAttribute("list");
    if (field === input) continue;
    box.querySelector(`label[for=${field.id}]`).remove();
    field.remove();
  }
  input.removeAttribute("name");
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "themen-wahl", "aria-expanded": "false" }))
    input.setAttribute(key, value);
  box.querySelector(".three").before(chips);
  input.after(list);
  box.append(said);
  if (isNew) restore();
  if (input.autofocus) input.focus(); // a slow device reads keys before it obeys the attribute
  draw();
  ready = true;
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    if (input.value.trim() && find(input.value)[0]) take(find(input.value)[0]);
    keep();
  });
})();
