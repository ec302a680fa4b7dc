/* Codes that are copied and printed. */
"use strict";

/* One field is what the page is for: nobody should have to look for it. What is filled in already
   wants the button alone. */
const fields = [...document.querySelectorAll(".login-step input:not([type=hidden])")];
const wanted = fields.find((field) => !field.value) || fields[0]?.form.querySelector("[type=submit]");
if (wanted && !document.querySelector(".login-step [role=alert]")) wanted.focus();

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const words = document.getElementById(copy.dataset.copy).innerText;
    await navigator.clipboard?.writeText(words);
    copy.textContent = copy.dataset.copied;
  }
  if (event.target.closest("[data-print]")) window.print();
});
