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
