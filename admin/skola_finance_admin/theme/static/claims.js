/* Claims: the panel “Why?” beside the lines. */
"use strict";

(() => {
  const panel = document.getElementById("why");
  const sides = panel?.closest(".lines-and-why");
  let opener = null;

  async function openWhy(link) {
    const answer = await fetch(link.href, { headers: { "X-Skola-Fetch": "1" } });
    const isOurs = answer.ok && !answer.redirected;
    if (!isOurs) { location.assign(link.href); return; }
    panel.innerHTML = await answer.text();
    panel.hidden = false;
    sides.classList.add("has-why");
    document.querySelectorAll("tr[aria-selected=true]").forEach((row) => row.removeAttribute("aria-selected"));
    link.closest("tr")?.setAttribute("aria-selected", "true");
    opener = link;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  function closeWhy() {
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    sides.classList.remove("has-why");
    document.querySelectorAll("tr[aria-selected=true]").forEach((row) => row.removeAttribute("aria-selected"));
    opener?.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-why]");
    if (link && panel && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openWhy(link);
    }
    if (event.target.closest("[data-close-why]")) closeWhy();
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel?.contains(document.activeElement)) closeWhy();
  });

  /* ── files are dropped as well as chosen; what a workbook would change is shown first ── */
  document.querySelectorAll("[data-drop]").forEach((place) => {
    const field = place.querySelector("input[type=file]");
    const name = place.querySelector(".drop-name");
    const say = () => { if (name) name.textContent = [...field.files].map((file) => file.name).join(", "); };
    ["dragenter", "dragover"].forEach((kind) => place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add("is-over");
    }));
    ["dragleave", "drop"].forEach((kind) => place.addEventListener(kind, () => place.classList.remove("is-over")));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer?.files.length) return;
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    field.addEventListener("change", () => {
      say();
      const form = field.form;
      const shown = form.querySelector("[data-difference]");
      if (!shown) return;
      shown.replaceChildren();
      form.querySelector("[data-import]").hidden = true;
      form.querySelector("[data-preview]").hidden = false;
      const problem = form.querySelector(".form-problem");
      if (problem) problem.hidden = true;
      if (field.files.length) form.requestSubmit(form.querySelector("[data-preview]"));
    });
  });

  document.addEventListener("answered", (event) => {
    const shown = event.target.querySelector?.("[data-difference]");
    if (!shown || event.detail.difference === undefined) return;
    shown.innerHTML = event.detail.difference;
    event.target.querySelector("[data-preview]").hidden = true;
    event.target.querySelector("[data-import]").hidden = false;
    event.target.querySelector("[data-import]").focus();
  });

  /* ── a document that stays with the partner: only its digest leaves this computer ── */
  document.querySelectorAll("input[data-digest]").forEach((field) => {
    field.addEventListener("change", async () => {
      const file = field.files[0];
      if (!file) return;
      const form = field.form;
      form.elements.name.value = file.name;
      form.elements.size.value = String(file.size);
      if (!window.crypto?.subtle) return;
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      form.elements.sha256.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    });
  });
})();
