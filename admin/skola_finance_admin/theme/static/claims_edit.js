/* Lines of a claim mended in place: typed, judged at once, saved a moment later, never lost. */
"use strict";

(() => {
  const place = document.querySelector("[data-editing]");
  const grid = place?.querySelector("table.lines");
  if (!place || !grid) return;
  const address = place.dataset.editing;
  const words = place.dataset;
  const codes = JSON.parse(place.dataset.codes);
  const offer = window.skolaKnown(`${address}/edit`);
  const status = place.querySelector("[data-status]");
  const person = document.querySelector(".person-name")?.textContent ?? "";
  const shelf = `skola:${person}:lines:${address}`;
  let rowVersion = Number(place.dataset.rowVersion);
  let base = rowVersion;
  let pending = {};
  let unread = {};
  let checkTimer = 0;
  let saveTimer = 0;
  let isSaving = false;
  let commandId = "";
  let asked = 0;
  let pastedTold = "";

  /* ── the shelf: what is typed is kept in this browser until the server has it ── */
  function shelve() {
    if (Object.keys(pending).length) localStorage.setItem(shelf, JSON.stringify({ base, lines: pending }));
    else localStorage.removeItem(shelf);
  }
  const clock = () => new Date().toLocaleTimeString("lv-LV", { hour: "2-digit", minute: "2-digit" });
  function say(text, isTrouble = false) {
    status.textContent = text;
    status.classList.toggle("is-trouble", isTrouble);
  }
  // The columns stay as the headings have them, whatever is filled or emptied meanwhile.
  const columns = [...grid.querySelectorAll("th[data-column]")].map((heading) => heading.dataset.column);
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* ── cells ── */
  const rowOf = (lineId) => grid.querySelector(`tr[data-line="${CSS.escape(lineId)}"]`);
  const cellOf = (lineId, key) => rowOf(lineId)?.querySelector(`td[data-key="${CSS.escape(key)}"]`);
  const cellsOf = (row) => [...row.querySelectorAll("td[data-key]")];
  const idOf = (cell) => cell.closest("tr").dataset.line;

  const linesOf = () => [...grid.querySelectorAll("tbody tr[data-line]")];
  function neighbour(row, step) {
    let other = row;
    do other = step > 0 ? other.nextElementSibling : other.previousElementSibling;
    while (other && !other.dataset.line);
    return other;
  }
  const foundOf = (lineId) => grid.querySelector(`tr[data-found="${CSS.escape(lineId)}"]`);

  function stand(cell) {
    if (!cell) return;
    grid.querySelectorAll('td[data-key][tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function beside(cell, down, right) {
    const row = cell.closest("tr");
    if (right) {
      const cells = cellsOf(row);
      const next = cells[cells.indexOf(cell) + right];
      if (next || Math.abs(right) > 1) return next;
      const other = neighbour(row, right);
      return other && cellsOf(other).at(right > 0 ? 0 : -1);
    }
    const other = neighbour(row, down);
    return other && other.querySelector(`td[data-key="${CSS.escape(cell.dataset.key)}"]`);
  }

  function edit(cell, typed) {
    if (cell.querySelector("input, select")) return;
    pastedTold = "";
    const before = cell.textContent.trim();
    const known = codes[cell.dataset.key];
    const field = document.createElement(known ? "select" : "input");
    const heading = grid.querySelector(`th[data-column="${CSS.escape(cell.dataset.key)}"]`)?.textContent ?? "";
    field.setAttribute("aria-label", `${heading}, ${cell.closest("tr").querySelector(".line-no a").textContent}`);
    field.className = "cell-field";
    if (known) {
      const names = known.includes(before) || !before ? known : [before, ...known];
      ["", ...names].forEach((name) => field.append(new Option(name, name, false, name === before)));
      if (typed) {
        const match = known.find((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
        if (match) field.value = match;
      }
    } else { field.value = typed ?? before; offer(field, cell.dataset.key); }
    cell.classList.add("is-open");
    cell.replaceChildren(field);
    field.focus();
    if (!known && typed === undefined) field.select();
    let isOver = false;
    const leave = (text, next) => {
      if (isOver) return;
      isOver = true;
      cell.classList.remove("is-open");
      cell.textContent = text;
      if (text !== before) put(cell, text);
      if (next) stand(next);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); leave(field.value.trim(), beside(cell, 1, 0) ?? cell); }
      else if (event.key === "Escape") { event.preventDefault(); leave(before, cell); }
      else if (event.key === "Tab") {
        event.preventDefault();
        leave(field.value.trim(), beside(cell, 0, event.shiftKey ? -1 : 1) ?? cell);
      }
      event.stopPropagation();
    });
    field.addEventListener("blur", () => leave(field.value.trim(), null));
    field.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (known || /[\t\n]/.test(text.trim())) { event.preventDefault(); leave(before, cell); paste(cell, text); }
    });
  }

  function put(cell, text) {
    const lineId = idOf(cell);
    (pending[lineId] ??= {})[cell.dataset.key] = text;
    cell.classList.add("is-typed");
    shelve();
    soon();
  }

  function soon() {
    say(words.typing);
    clearTimeout(checkTimer);
    clearTimeout(saveTimer);
    checkTimer = setTimeout(check, 200);
    saveTimer = setTimeout(save, 1500);
  }

  /* ── what the server says ── */
  async function send(path, content) {
    let answer;
    try {
      answer = await fetch(`${address}/edit/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Skola-Fetch": "1", "X-CSRFToken": window.skola.token() },
        body: JSON.stringify({ shown: columns, total_of: words.filtered ? linesOf().map((row) => row.dataset.line) : [], ...content }),
      });
    } catch { return { trouble: window.skola.words.offline }; }
    if (answer.redirected || answer.status === 401) return { trouble: window.skola.words.signedOut };
    let told = null;
    try { told = await answer.json(); } catch { /* a page, not an answer */ }
    if (answer.ok && told) return { told };
    const problem = told?.problem ?? (told?.message && {
      code: told.code, message: told.message[document.documentElement.lang] ?? told.message, hint: "",
    });
    return { problem, trouble: problem ? `${problem.message} ${problem.hint ?? ""} ${problem.code}` : window.skola.words.offline };
  }

  const lines = () => Object.entries(pending).map(([lineId, cells]) => ({ line_id: lineId, ...cells }));

  function show(told) {
    const held = document.activeElement?.closest?.("td[data-key]");
    const holds = held && !held.querySelector("input, select") ? [idOf(held), held.dataset.key] : null;
    const shown = new DOMParser().parseFromString(told.rows, "text/html");
    unread = { ...unread, ...Object.fromEntries(told.lines.map((lineId) => [lineId, told.unread[lineId] ?? {}])) };
    shown.querySelectorAll("tr[data-line]").forEach((row) => {
      const old = rowOf(row.dataset.line);
      if (!old || old.querySelector("input, select")) return;
      if (old.getAttribute("aria-selected")) row.setAttribute("aria-selected", "true");
      const below = row.nextElementSibling?.dataset.found ? row.nextElementSibling : null;
      foundOf(row.dataset.line)?.remove();
      old.replaceWith(document.adoptNode(row));
      if (below) row.after(document.adoptNode(below));
      mark(row.dataset.line);
    });
    if (holds) stand(cellOf(...holds));
    else if (!grid.querySelector('td[tabindex="0"]')) grid.querySelector("td[data-key]")?.setAttribute("tabindex", "0");
    document.querySelectorAll("[data-count]").forEach((one) => { one.textContent = told.counts[one.dataset.count]; });
    Object.entries(told.totals).forEach(([name, text]) => {
      // Of many pages this one knows but its own lines: their sum would be no sum of the filter.
      grid.querySelectorAll(`[data-total="${name}"]`).forEach((one) => { one.textContent = words.filtered && words.paged ? "…" : text; });
    });
    Object.entries(told.live).forEach(([part, html]) => {
      const made = new DOMParser().parseFromString(html, "text/html");
      document.querySelector(`[data-live="${part}"]`)?.replaceChildren(...[...made.body.childNodes].map((one) => document.adoptNode(one)));
    });
  }

  function placeBelow(lineId) {
    if (!foundOf(lineId)) {
      const row = document.createElement("tr");
      row.className = "line-found line-mend";
      row.dataset.found = lineId;
      const cell = document.createElement("td");
      cell.colSpan = rowOf(lineId).children.length;
      row.append(cell);
      rowOf(lineId).after(row);
    }
    return foundOf(lineId).firstElementChild;
  }

  /* A cell that could not be read keeps what was typed, and says why beside the amount. */
  function mark(lineId) {
    Object.entries(pending[lineId] ?? {}).forEach(([key, text]) => {
      const cell = cellOf(lineId, key);
      if (!cell) return;
      const problem = unread[lineId]?.[key];
      cell.classList.add("is-typed");
      cell.textContent = text;
      cell.classList.toggle("is-unread", Boolean(problem));
      if (!problem) return;
      const found = placeBelow(lineId);
      const line = document.createElement("p");
      line.className = "found-unread";
      line.textContent = `${problem.message} ${problem.hint} ${problem.code}`;
      found.prepend(line);
    });
  }

  async function check() {
    const number = ++asked;
    const { told, trouble } = await send("check", { lines: lines() });
    if (number !== asked || isSaving) return;
    if (told) show(told); else say(trouble, true);
  }

  async function save(more = [], removed = []) {
    clearTimeout(saveTimer);
    if (isSaving) { saveTimer = setTimeout(save, 800, more, removed); return false; }
    const sent = structuredClone(pending);
    if (!Object.keys(sent).length && !more.length && !removed.length) return true;
    isSaving = true;
    commandId ||= newId();
    say(words.saving);
    const { told, problem, trouble } = await send("save", {
      row_version: base, command_id: commandId, removed, lines: [...lines(), ...more],
    });
    isSaving = false;
    if (problem?.code === "WFL-517") { commandId = ""; await compare(); return false; }
    if (!told) {
      if (problem) commandId = "";
      say(`${trouble} ${words.kept}`, true);
      if (!problem) saveTimer = setTimeout(save, 8000, more, removed);
      return false;
    }
    commandId = "";
    rowVersion = base = told.row_version;
    document.querySelectorAll('input[name="row_version"]').forEach((field) => { field.value = rowVersion; });
    Object.entries(sent).forEach(([lineId, cells]) => {
      Object.entries(cells).forEach(([key, text]) => {
        if (pending[lineId]?.[key] === text && !told.unread[lineId]?.[key]) delete pending[lineId][key];
      });
      if (pending[lineId] && !Object.keys(pending[lineId]).length) delete pending[lineId];
    });
    Object.assign(pending, told.added);
    shelve();
    show(told);
    const left = Object.values(pending).reduce((sum, cells) => sum + Object.keys(cells).length, 0);
    if (left) say(`${words.saved} ${clock()} · ${words.unread}`, true);
    else say([pastedTold, `${words.saved} ${clock()}`].filter(Boolean).join(" · "));
    return true;
  }

  /* ── somebody else, or another tab, was faster: both versions, line by line ── */
  function nameOf(lineId) {
    const number = rowOf(lineId)?.querySelector(".line-no a")?.textContent.trim();
    return number ? `${words.lineName.replace("{n}", number)} (${lineId})` : lineId;
  }

  async function compare() {
    const ids = Object.keys(pending);
    const { told, trouble } = await send("check", { lines: ids.map((lineId) => ({ line_id: lineId })) });
    if (!told) { say(trouble, true); return; }
    const dialog = document.getElementById("both-versions");
    const body = dialog.querySelector("tbody");
    body.replaceChildren();
    let differing = 0;
    ids.forEach((lineId) => {
      const theirs = told.cells[lineId];
      Object.entries(pending[lineId]).forEach(([key, mine]) => {
        if (theirs && theirs[key] === mine) { delete pending[lineId][key]; return; }
        differing += 1;
        const row = document.createElement("tr");
        const heading = grid.querySelector(`th[data-column="${CSS.escape(key)}"]`)?.textContent ?? key;
        [`${nameOf(lineId)} · ${heading}`, theirs ? theirs[key] ?? "" : words.gone, mine].forEach((text) => {
          row.append(Object.assign(document.createElement("td"), { textContent: text }));
        });
        const choice = document.createElement("td");
        [["mine", words.mine], ["theirs", words.theirs]].forEach(([value, name]) => {
          if (!theirs && value === "mine") return;
          const label = document.createElement("label");
          const radio = Object.assign(document.createElement("input"), {
            type: "radio", name: `both:${lineId}:${key}`, value, checked: value === (theirs ? "mine" : "theirs"),
          });
          radio.dataset.line = lineId;
          radio.dataset.key = key;
          label.append(radio, ` ${name}`);
          choice.append(label);
        });
        row.append(choice);
        body.append(row);
      });
      if (!Object.keys(pending[lineId]).length) delete pending[lineId];
    });
    base = rowVersion = told.row_version;
    shelve();
    show(told);
    if (!differing) { save(); return; }
    say(told.is_own ? words.changedOwn : words.changed, true);
    document.getElementById("both-versions-title").textContent = told.is_own ? words.titleOwn : words.title;
    dialog.showModal();
  }

  document.getElementById("both-versions").addEventListener("close", () => {
    document.querySelectorAll("#both-versions input:checked").forEach((radio) => {
      if (radio.value !== "theirs") return;
      const { line, key } = radio.dataset;
      if (!pending[line]) return;
      delete pending[line][key];
      if (!Object.keys(pending[line]).length) delete pending[line];
    });
    shelve();
    check();
    save();
  });

  /* ── a block from a spreadsheet ── */
  function table(text) {
    const rows = [[]];
    const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at <= clean.length; at += 1) {
      cell.lastIndex = at;
      const found = cell.exec(clean);
      rows.at(-1).push((found[1] !== undefined ? found[1].replace(/""/g, '"') : found[2]).trim());
      at = cell.lastIndex;
      if (clean[at] === "\n") rows.push([]);
    }
    return rows;
  }

  async function paste(cell, text) {
    const { told, trouble } = await send("block", { block: table(text), first: cell.dataset.key });
    if (!told) { say(trouble, true); return; }
    const added = [];
    let row = cell.closest("tr");
    told.rows.forEach((cells) => {
      if (!row) { added.push(cells); return; }
      const lineId = row.dataset.line;
      Object.entries(cells).forEach(([key, value]) => {
        const one = cellOf(lineId, key);
        // A column that the grid does not show is kept with the line, and judged like the others.
        if (!one) { if (value) { (pending[lineId] ??= {})[key] = value; shelve(); soon(); } return; }
        if (one.textContent.trim() !== value) { one.textContent = value; put(one, value); }
      });
      row = neighbour(row, 1);
    });
    if (!added.length) { pastedTold = told.told; say(pastedTold); return; }
    if (await save(added)) { sessionStorage.setItem(shelf, told.told); again(); }
  }

  /* New lines are shown by the server; where the last one is, whoever added it goes on. */
  const again = () => location.assign(`${address}?after=last${place.dataset.columns ? "&columns=all" : ""}`);

  /* ── keys, clicks ── */
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-key]");
    if (!cell || cell.querySelector("input, select") || String(getSelection())) return;
    stand(cell);
    edit(cell);
  });
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("td[data-key]")) return;
    if (moves[event.key]) { event.preventDefault(); stand(beside(cell, ...moves[event.key])); }
    else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      stand(cellsOf(cell.closest("tr")).at(event.key === "Home" ? 0 : -1));
    } else if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); edit(cell); }
    else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (cell.textContent.trim()) { cell.textContent = ""; put(cell, ""); }
    } else if (event.key === "?" ) {
      event.preventDefault();
      cell.closest("tr").querySelector("a[data-why]")?.click();
    } else if (event.key.length === 1 && event.key !== "/" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      edit(cell, event.key);
    }
  });
  grid.addEventListener("paste", (event) => {
    if (!event.target.matches("td[data-key]")) return;
    event.preventDefault();
    paste(event.target, event.clipboardData?.getData("text/plain") ?? "");
  });
  grid.addEventListener("copy", (event) => {
    if (!event.target.matches?.("td[data-key]") || String(getSelection())) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", event.target.textContent.trim());
  });

  place.addEventListener("click", async (event) => {
    if (event.target.closest("[data-add-line]")) {
      const last = linesOf().at(-1);
      // The form of cost follows from the activity: the server knows it.
      const activity = last?.querySelector('td[data-key="activity"]')?.textContent.trim() || words.firstActivity;
      if (await save([{ activity }])) again();
    }
    const copier = event.target.closest("[data-copy]");
    if (copier && await save()) {
      const lineId = copier.closest("tr").dataset.line;
      const { told, trouble } = await send(`line/${encodeURIComponent(lineId)}/check`, { cells: {} });
      if (!told) { say(trouble, true); return; }
      // The same on another day: which one, nobody has said yet.
      const { activity_on, starts_at, corrects_line_id, ...rest } = told.texts;
      const copy = Object.fromEntries(Object.entries(rest).filter(([, text]) => text));
      if (await save([copy])) again();
    }
    const remover = event.target.closest("[data-remove]");
    if (remover) {
      const row = remover.closest("tr");
      const dialog = document.getElementById("remove-line");
      dialog.querySelector("[data-line-name]").textContent = row.querySelector(".line-no a").textContent;
      dialog.returnValue = "";
      dialog.showModal();
      dialog.addEventListener("close", async () => {
        if (dialog.returnValue !== "remove") { remover.focus(); return; }
        delete pending[row.dataset.line];
        const next = neighbour(row, 1) ?? neighbour(row, -1);
        if (await save([], [row.dataset.line])) {
          foundOf(row.dataset.line)?.remove();
          row.remove();
          if (next) stand(cellsOf(next)[0]); else location.reload();
        }
      }, { once: true });
    }
  });
  /* ── whoever goes on, to submit or anywhere, takes along what was typed last ── */
  let leftFor = "";
  async function settled() {
    while (isSaving) await new Promise((resolve) => { setTimeout(resolve, 50); });
    return (await save()) && !Object.keys(pending).length;
  }
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const isElsewhere = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || isElsewhere || link.target || link.matches("[data-why]") || link.getAttribute("href").startsWith("#")) return;
    if (!isSaving && !Object.keys(pending).length || leftFor === link.href) return;
    event.preventDefault();
    if (await settled()) { location.assign(link.href); return; }
    leftFor = link.href;
    if (document.querySelector("dialog[open]")) return;
    say(words.leaving, true);
    stand(grid.querySelector("td.is-unread") ?? grid.querySelector("td.is-typed") ?? grid.querySelector("td[data-key]"));
    status.scrollIntoView({ block: "center" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isSaving) event.preventDefault();
  });

  /* ── begin: what was typed before is put back ── */
  function begin() {
    grid.querySelector("td[data-key]")?.setAttribute("tabindex", "0");
    const found = JSON.parse(localStorage.getItem(shelf) ?? "null");
    if (found && Object.keys(found.lines).length) {
      pending = found.lines;
      base = found.base;
      Object.keys(pending).forEach(mark);
      say(window.skola.words.restored);
      if (base !== rowVersion) compare(); else { check(); saveTimer = setTimeout(save, 1500); }
    }
    // No element has this id: the browser would take the focus to it.
    if (location.hash === "#first") stand(grid.querySelector("td.is-faulty"));
    const pasted = sessionStorage.getItem(shelf);
    if (pasted) { say(pasted); sessionStorage.removeItem(shelf); }
    if (new URLSearchParams(location.search).get("after") === "last") {
      const last = linesOf().at(-1);
      if (last) stand(cellsOf(last)[0]);
    }
  }
  // The script that every page has comes after this one.
  document.addEventListener("DOMContentLoaded", begin);
})();
