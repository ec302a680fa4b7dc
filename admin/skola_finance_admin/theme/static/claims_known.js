/* Values that cells may be chosen from: asked for once, when somebody first types into such a cell. */
"use strict";

window.skolaKnown = (address) => {
  const keys = new Set(["plan_no", "learner_ref", "institution_reg_no", "specialist_ref", "project_no"]);
  let asked = null;

  async function load() {
    let known;
    try {
      const answer = await fetch(`${address}/known`, { headers: { "X-Skola-Fetch": "1" } });
      if (!answer.ok || answer.redirected) return;
      known = await answer.json();
    } catch { return; /* the cell is typed as ever */ }
    Object.entries(known).forEach(([key, values]) => {
      const list = document.createElement("datalist");
      list.id = `known-${key}`;
      values.forEach(([value, told]) => {
        const option = new Option(told, value);
        if (told) option.label = told;
        list.append(option);
      });
      document.body.append(list);
    });
  }

  return (field, key) => {
    if (!keys.has(key)) return;
    field.setAttribute("list", `known-${key}`);
    asked ??= load();
  };
};
