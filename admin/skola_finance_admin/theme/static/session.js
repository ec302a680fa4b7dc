/* How long one stays signed in: a warning in time, and nothing typed is lost either way. */
"use strict";

(() => {
  const dialog = document.getElementById("session-warning");
  if (!dialog) return;
  const shown = dialog.querySelector("[data-left-shown]");
  const longest = Number(dialog.dataset.left);
  const warnAt = Math.min(120, Math.floor(longest / 4));
  let endsAt = Date.now() + longest * 1000;
  let lastDone = 0;
  let timer = 0;

  const secondsLeft = () => Math.max(0, Math.round((endsAt - Date.now()) / 1000));
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  function plan(seconds) {
    endsAt = Date.now() + seconds * 1000;
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, seconds - warnAt) * 1000);
  }

  function showIn(isIn) {
    dialog.querySelectorAll("[data-while-in]").forEach((part) => { part.hidden = !isIn; });
    dialog.querySelectorAll("[data-when-out]").forEach((part) => { part.hidden = isIn; });
    dialog.querySelector("[data-stay]").hidden = !isIn;
    dialog.querySelector("[data-sign-in]").hidden = isIn;
  }

  /* Other tabs may have gone on meanwhile, and typing is being there, too. */
  async function look() {
    let now = await skola.session();
    const isMine = now?.signed_in && now.login === dialog.dataset.login;
    if (isMine && now.seconds_left > warnAt + 5) { plan(now.seconds_left); return; }
    if (isMine && Date.now() - lastDone < longest * 500) {
      now = await skola.session({ method: "POST" });
      if (now?.signed_in && now.seconds_left > warnAt + 5) { plan(now.seconds_left); return; }
    }
    if (now === null) { timer = setTimeout(look, 15000); return; }
    endsAt = Date.now() + (isMine ? now.seconds_left : 0) * 1000;
    showIn(isMine);
    if (!dialog.open) dialog.showModal();
    tick();
  }

  function tick() {
    clearTimeout(timer);
    const left = secondsLeft();
    shown.textContent = clock(left);
    if (left === 0) { showIn(false); timer = setTimeout(lookAgain, 5000); return; }
    timer = setTimeout(tick, 1000);
  }

  /* Once out, wait for the sign-in in another tab, and go on as if nothing had been. */
  async function lookAgain() {
    const now = await skola.session();
    if (now?.signed_in && now.login === dialog.dataset.login) {
      dialog.close();
      plan(now.seconds_left);
    } else timer = setTimeout(lookAgain, 5000);
  }

  /* Whoever closes the warning is there, by whatever key or button. */
  dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", async () => {
    if (secondsLeft() === 0) return;
    const now = await skola.session({ method: "POST" });
    if (now?.signed_in) plan(now.seconds_left);
  });
  ["input", "click", "keydown"].forEach((name) => {
    document.addEventListener(name, () => { lastDone = Date.now(); }, { passive: true });
  });
  plan(longest);
})();
