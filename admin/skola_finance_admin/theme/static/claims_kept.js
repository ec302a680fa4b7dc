/* Before a claim is submitted: what was typed into its lines and is still in this browser alone. */
"use strict";

(() => {
  const note = document.querySelector("[data-kept-lines]");
  if (!note) return;
  const person = document.querySelector(".person-name")?.textContent ?? "";
  const kept = JSON.parse(localStorage.getItem(`skola:${person}:lines:${note.dataset.keptLines}`) ?? "null");
  if (!kept || !Object.keys(kept.lines ?? {}).length) return;
  note.hidden = false;
  document.querySelectorAll("form.submit button[type=submit]").forEach((button) => { button.disabled = true; });
})();
