/* A list whose rows are ticked: how many are chosen and what they come to stand in its button; one
   box in the head ticks them all. The sum is told aloud once fingers rest. Cents are added as whole
   numbers, and written without ever being a fraction. */
"use strict";

document.querySelectorAll("form:has([data-tick-all])").forEach((form) => {
  const all = form.querySelector("[data-tick-all]");
  const boxes = [...form.querySelectorAll("input[data-cents]")];
  const button = form.querySelector("button[data-many]");
  const told = form.querySelector("[data-told]");
  const language = document.documentElement.lang;
  const plurals = new Intl.PluralRules(language);
  const euros = new Intl.NumberFormat(language, { style: "currency", currency: "EUR", useGrouping: "always" });
  const none = button.textContent;
  let rest;

  function reckon() {
    const chosen = boxes.filter((box) => box.checked);
    const cents = chosen.reduce((sum, box) => sum + BigInt(box.dataset.cents), 0n);
    const sum = euros.format(`${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`);
    all.checked = chosen.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
    const words = plurals.select(chosen.length) === "one" ? "one" : "many";
    const say = (place) => place.dataset[words].replace("{number}", String(chosen.length)).replace("{sum}", sum);
    button.textContent = chosen.length ? say(button) : none;
    clearTimeout(rest);
    rest = setTimeout(() => { told.textContent = say(told); }, 400);
  }

  form.querySelectorAll("[data-scripted]").forEach((each) => { each.hidden = false; });
  form.addEventListener("change", (event) => {
    if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
    reckon();
  });
  window.addEventListener("pageshow", reckon);
  reckon();
});
