/* Codes that are filled in, copied and printed. */
"use strict";

/* One field is what the page is for: nobody should have to look for it. */
const wanted = [...document.querySelectorAll(".login-step input:not([type=hidden])")].find((field) => !field.value);
if (wanted && !document.querySelector(".login-step [role=alert]")) wanted.focus();

document.addEventListener("click", async (event) => {
  const fill = event.target.closest("[data-fill-code]");
  if (fill) {
    const code = fill.closest("[data-demo-code]").dataset.demoCode;
    const field = fill.closest("form").elements[fill.dataset.fillCode];
    field.value = code;
    field.focus();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const words = document.getElementById(copy.dataset.copy).innerText;
    await navigator.clipboard?.writeText(words);
    copy.textContent = copy.dataset.copied;
  }
  if (event.target.closest("[data-print]")) window.print();
});
