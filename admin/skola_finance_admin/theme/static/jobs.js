/* Work in the background: looked in on once a second, and shown when it is over. */
"use strict";

(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const told = place.querySelector("[data-job-step]");
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.job, { headers: { "X-Skola-Fetch": "1" } });
      if (!answer.ok) { location.assign(place.dataset.job); return; }
      const { over, step } = await answer.json();
      if (over) { location.assign(place.dataset.job); return; }
      if (step && told.textContent !== step) told.textContent = step;
    } catch { /* the server is away for a moment: look again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 600);
})();
