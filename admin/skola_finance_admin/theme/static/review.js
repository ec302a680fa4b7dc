/* The pages of the agency: rows are walked with arrows, one stop of Tab for the whole table. */
"use strict";

(() => {
  document.querySelectorAll("table[data-rows]").forEach((table) => {
    const rows = [...table.tBodies[0].rows];
    if (!rows.length) return;
    const stop = (row) => {
      rows.forEach((each) => { each.tabIndex = -1; });
      row.tabIndex = 0;
    };
    stop(rows[0]);
    table.addEventListener("focusin", (event) => {
      const row = event.target.closest("tbody tr");
      if (row) stop(row);
    });
    table.addEventListener("keydown", (event) => {
      if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
      const row = event.target.closest("tbody tr");
      if (!row) return;
      const place = rows.indexOf(row);
      const goal = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (goal !== undefined && rows[goal]) {
        event.preventDefault();
        rows[goal].focus();
        rows[goal].scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter" && event.target === row) {
        row.querySelector("a[href], button")?.click();
      }
    });
  });
})();

/* The review: boxes of lines, keys, what others changed meanwhile. */
(() => {
  const form = document.getElementById("decide");
  const picked = document.querySelector("[data-picked]");
  const boxes = () => [...document.querySelectorAll("input[data-pick]")];
  const all = document.querySelector("[data-pick-all]");
  const pickedOf = document.querySelector("[data-picked-of]");
  function tellPicked() {
    const every = boxes();
    const chosen = every.filter((box) => box.checked).length;
    if (picked) picked.textContent = String(chosen);
    if (!all) return;
    all.checked = chosen > 0 && chosen === every.length;
    all.indeterminate = chosen > 0 && !all.checked;
    pickedOf.textContent = pickedOf.dataset.pickedOf.replace("{number}", chosen).replace("{all}", every.length);
  }
  document.addEventListener("change", (event) => {
    if (event.target === all) boxes().forEach((box) => { box.checked = all.checked; });
    if (event.target === all || event.target.matches("[data-pick]")) tellPicked();
  });
  if (all) all.closest("[data-scripted]").hidden = false;
  tellPicked();

  const table = document.querySelector("table.lines");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const stop = (row) => { rows.forEach((each) => { each.tabIndex = -1; }); row.tabIndex = 0; };
  if (rows.length) stop(rows[0]);
  const go = (place) => { if (rows[place]) { stop(rows[place]); rows[place].focus(); rows[place].scrollIntoView({ block: "nearest" }); } };

  table?.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = rows.indexOf(row);
    const box = row.querySelector("[data-pick]");
    if (event.key === "ArrowDown") { event.preventDefault(); go(place + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); go(place - 1); }
    else if (event.key === "Enter" && event.target === row) { row.querySelector("a[data-why]")?.click(); }
    else if (event.key === " " && event.target === row && box) { event.preventDefault(); box.click(); }
    else if (form && !event.target.matches("textarea, select")) {
      const kind = form.querySelector(`[data-hot="${event.key.toUpperCase()}"]`);
      if (!kind) return;
      event.preventDefault();
      if (box && !boxes().some((each) => each.checked)) box.click();
      kind.checked = true;
      kind.dispatchEvent(new Event("input", { bubbles: true }));
      const field = { cut: "limit", park: "reason", ask: "reason" }[kind.value];
      (field ? form.elements[field] : form.querySelector("button[type=submit]")).focus();
    }
  });
  form?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { const row = rows.find((each) => each.tabIndex === 0); row?.focus(); }
  });

  /* A text that was composed since takes the place of the one that was typed. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-anew]");
    if (!button) return;
    const field = document.getElementById(button.dataset.takeAnew);
    field.value = field.defaultValue;
    button.parentElement.hidden = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  /* A ground that was opened is told where it was asked for. */
  document.addEventListener("answered", (event) => {
    const place = event.target.querySelector("[data-ground]");
    if (place) place.textContent = event.detail.told;
  });

  /* Somebody else may be at the same claim: look every so often, and say so; nothing typed is touched. */
  const note = document.querySelector("[data-changes]");
  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(note.dataset.changes, { headers: { "X-Skola-Fetch": "1" } });
      if (!answer.ok || answer.redirected) return;
      const now = await answer.json();
      if (String(now.row_version) === note.dataset.version) return;
      note.querySelector("[data-told]").textContent = now.told;
      note.hidden = false;
    } catch { /* the next look will tell */ }
  }
  if (note) {
    setInterval(look, 15000);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
  }
})();
