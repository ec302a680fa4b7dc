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
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel?.contains(document.activeElement)) closeWhy();
  });
})();
