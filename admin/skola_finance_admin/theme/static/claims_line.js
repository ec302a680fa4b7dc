/* The form of one line: what it needs and what follows from it is told while it is filled in. */
"use strict";

(() => {
  const place = document.querySelector("[data-line-check]");
  if (!place) return;
  const address = place.dataset.lineCheck;
  const offer = window.skolaKnown(address);
  const status = place.querySelector("[data-line-status]");
  const keyOf = (field) => field.name.slice("cell:".length);
  const fields = [...place.querySelectorAll('[name^="cell:"]')];
  const filled = new Map();
  const wasFaulty = new Set(fields.filter((field) => field.classList.contains("is-invalid")));
  let timer = 0;
  let asked = 0;

  const begunWith = (field) => (field.options
    ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0].value
    : field.defaultValue);
  // What the server filled in is not what somebody typed: it follows anew from what was.
  const isTyped = (field) => field.value !== begunWith(field) && field.value !== filled.get(field);

  function put(field, text) {
    if (field.options && ![...field.options].some((one) => one.value === text)) field.append(new Option(text, text));
    field.value = text;
    if (text === begunWith(field)) filled.delete(field); else filled.set(field, text);
  }

  function mark(field, told) {
    const key = keyOf(field);
    const label = place.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    const star = label.querySelector(".needed");
    if (!told.needed.includes(key)) star?.remove();
    else if (!star) label.append(" ", document.querySelector("template[data-needed]").content.cloneNode(true));
    // An empty field does not turn red under one's hands: what is missing is told above.
    const isFaulty = told.faulty.includes(key) && (field.value !== "" || wasFaulty.has(field));
    field.classList.toggle("is-invalid", isFaulty);
    if (isFaulty) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
  }

  function show(told, sent, asIs) {
    const names = [];
    fields.forEach((field) => {
      const key = keyOf(field);
      // What was typed while the answer was on its way is newer than the answer.
      if (!(key in sent) && field.value === asIs.get(field) && field !== document.activeElement && field.value !== told.texts[key]) {
        put(field, told.texts[key]);
        if (field.value) names.push(place.querySelector(`label[for="${CSS.escape(field.id)}"]`).firstChild.textContent.trim());
      }
      mark(field, told);
    });
    // Only the invoice is folded away: nothing else has it.
    place.querySelectorAll("details.line-group").forEach((group) => { group.open = told.open.includes("invoice"); });
    const found = new DOMParser().parseFromString(told.found, "text/html");
    document.querySelector("[data-line-found]").replaceChildren(...[...found.body.childNodes].map((one) => document.adoptNode(one)));
    if (names.length) status.textContent = `${place.dataset.filled} ${names.join(", ")}`;
  }

  async function check() {
    const number = ++asked;
    const asIs = new Map(fields.map((field) => [field, field.value]));
    const cells = Object.fromEntries(fields.filter(isTyped).map((field) => [keyOf(field), field.value]));
    let told;
    try {
      const answer = await fetch(`${address}/line/${encodeURIComponent(place.dataset.line)}/check`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Skola-Fetch": "1", "X-CSRFToken": window.skola.token() },
        body: JSON.stringify({ cells }),
      });
      if (!answer.ok || answer.redirected) return;
      told = await answer.json();
    } catch { return; /* saving says what is wrong */ }
    if (number === asked) show(told, cells, asIs);
  }

  place.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 300); });
  place.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(check, 0); });
  place.addEventListener("focusin", (event) => {
    if (event.target.matches('input[name^="cell:"]')) offer(event.target, keyOf(event.target));
  });
  // What was kept in this browser is put back by the script that every page has, after this one.
  document.addEventListener("DOMContentLoaded", () => { if (fields.some(isTyped)) check(); });
})();
