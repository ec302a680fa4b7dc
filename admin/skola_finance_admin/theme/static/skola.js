/* What pages do beyond being read. Every form works without it too. */
"use strict";

(() => {
  const words = document.getElementById("words")?.dataset ?? {};
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const person = document.querySelector(".person-name")?.textContent ?? "";

  /* ── forms that ask for a command: refusals are told in them, and nothing typed is lost ── */
  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function tell(form, problem) {
    const place = form.querySelector(".form-problem");
    if (!place) { window.alert(problem.message); return; }
    const parts = [element("p", problem.message)];
    parts[0].style.fontWeight = "650";
    if (problem.hint) parts.push(element("p", problem.hint));
    const code = [problem.code, problem.where, problem.citation].filter(Boolean).join(" · ");
    if (code) parts.push(element("p", code, "code"));
    place.replaceChildren(...parts);
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
    place.tabIndex = -1;
    place.focus();
  }

  function sendOnce(form, body, onProgress, address) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", address || form.getAttribute("action") || location.pathname);
      request.setRequestHeader("X-Skola-Fetch", "1");
      request.setRequestHeader("X-CSRFToken", token());
      if (onProgress) request.upload.addEventListener("progress", onProgress);
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", () => resolve(null));
      request.send(body);
    });
  }

  const answerOf = (request) => {
    try { return JSON.parse(request.responseText); } catch { return null; /* a page, no answer */ }
  };

  /* Signing in again in another tab changes the token: the form gets the new one and goes once more,
     but never in the name of somebody else who signed in meanwhile. */
  async function post(form, body, onProgress, address) {
    const first = await sendOnce(form, body, onProgress, address);
    if (first?.status !== 403 || answerOf(first)?.code !== "WEB-403") return first;
    const now = await session();
    if (!now || now.csrf === token()) return first;
    if (now.signed_in && person && now.login !== person) {
      return { status: 403, responseURL: "", responseText: JSON.stringify({ problem: { code: "WEB-403", message: words.another } }) };
    }
    document.querySelector('meta[name="csrf-token"]').content = now.csrf;
    document.querySelectorAll('input[name="csrftoken"]').forEach((field) => { field.value = now.csrf; });
    return sendOnce(form, body, onProgress, address);
  }

  async function session(options) {
    try {
      const answer = await fetch(words.sessionAddress, { headers: { "X-CSRFToken": token(), "X-Skola-Fetch": "1" }, ...options });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }

  async function send(form, submitter) {
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    buttons.forEach((button) => { button.disabled = true; });
    const body = new FormData(form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const bar = form.querySelector("progress");
    const request = await post(form, body, bar ? (event) => {
      bar.hidden = false;
      bar.max = event.total;
      bar.value = event.loaded;
    } : null, submitter?.getAttribute("formaction"));
    delete form.dataset.sending;
    buttons.forEach((button) => { button.disabled = false; });
    if (bar) bar.hidden = true;
    if (request === null) { tell(form, { message: words.offline }); return; }
    const answer = answerOf(request);
    if (request.status < 300 && answer?.goto) {
      forget(form);
      const here = location.pathname + location.search;
      if (answer.goto === here || answer.goto.split("#")[0] === here) {
        if (answer.goto.includes("#")) location.hash = answer.goto.split("#")[1];
        location.reload();
      } else location.assign(answer.goto);
      return;
    }
    if (answer && !answer.problem && request.status < 300) {
      form.dispatchEvent(new CustomEvent("answered", { detail: answer, bubbles: true }));
      return;
    }
    const known = answer?.problem ?? (answer?.code && {
      code: answer.code,
      message: answer.message?.[document.documentElement.lang] ?? answer.message,
      hint: answer.hint?.[document.documentElement.lang] ?? answer.hint,
    });
    const isOut = known?.code === "WEB-401" || (request.responseURL || "").includes("/login");
    tell(form, known || { message: isOut ? words.signedOut : words.offline });
    if (isOut) {
      const link = element("a", words.signIn);
      Object.assign(link, { href: words.signInAddress, target: "_blank", rel: "noopener" });
      form.querySelector(".form-problem")?.append(link);
    } else renewCode(form, known?.code);
  }

  /* A code opens once: the demonstration fills in a fresh one, elsewhere a wrong one makes room. */
  async function renewCode(form, refusal) {
    const field = form.elements.namedItem("code");
    const shown = form.querySelector("[data-demo-code]");
    if (!shown) {
      if (refusal === "AUT-610" && field) field.value = "";
      return;
    }
    try {
      const answer = await fetch(shown.dataset.freshAddress, { headers: { "X-Skola-Fetch": "1" } });
      field.value = (await answer.json()).code;
      const hint = shown === field ? document.getElementById(field.getAttribute("aria-describedby")) : shown;
      if (field.value) hint.textContent = shown.dataset.fresh;
    } catch { /* the code that was typed stays */ }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-command]")) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  /* ── what is typed is kept in this browser until it is sent ── */
  const keyOf = (form) => `skola:${person}:${form.dataset.keep}`;
  const kept = (form) => [...form.elements].filter((field) =>
    field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type) && !field.matches("[data-unkept]"));

  /* Boxes by what they stand for, other fields by their place among those of their name: under a
     filter other lines stand first, and none of them may be ticked for what was typed before.
     The buttons of one choice are one field. */
  function fieldsOf(form) {
    const met = {};
    const placeOf = (field) => {
      if (field.type === "radio") return "";
      if (field.type === "checkbox") return field.value;
      return (met[field.name] = (met[field.name] ?? 0) + 1);
    };
    return Object.entries(Object.fromEntries(kept(form).map((field) => [`${field.name}=${placeOf(field)}`, field])));
  }

  const choicesOf = (field) => [...field.form.elements].filter((one) => one.type === "radio" && one.name === field.name);
  function valueOf(field, asLoaded = false) {
    if (field.type === "checkbox") return asLoaded ? field.defaultChecked : field.checked;
    if (field.type === "radio") return choicesOf(field).find((one) => (asLoaded ? one.defaultChecked : one.checked))?.value ?? "";
    if (field.options && asLoaded) return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
    return asLoaded ? field.defaultValue : field.value;
  }

  /* With what was typed goes what it was typed over: what was saved since is newer, and stays. */
  function keep(form) {
    const typed = fieldsOf(form).map(([mark, field]) => [mark, [valueOf(field, true), valueOf(field)]])
      .filter(([, [loaded, now]]) => loaded !== now);
    if (typed.length) localStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(typed)));
    else forget(form);
    const place = form.querySelector(".kept");
    const clock = new Date().toLocaleTimeString("lv-LV", { hour: "2-digit", minute: "2-digit" });
    if (place) place.textContent = typed.length ? `${words.saved} ${clock}` : "";
  }

  function forget(form) { if (form.dataset.keep) localStorage.removeItem(keyOf(form)); }

  function put(field, value) {
    const goal = field.type === "radio" ? choicesOf(field).find((one) => one.value === value) : field;
    if (!goal) return false;
    if (field.type === "radio") goal.checked = true;
    else if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    goal.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  /* A text that the page composes anew, as a letter, is not saved by anybody: there the typed one
     comes back all the same, and the one composed since is offered beside it (`data-anew`). */
  function restore(form) {
    const typed = JSON.parse(localStorage.getItem(keyOf(form)) ?? "{}");
    let isChanged = false;
    fieldsOf(form).forEach(([mark, field]) => {
      if (!Array.isArray(typed[mark]) || field.disabled) return;
      const [loaded, value] = typed[mark];
      const isOlder = loaded !== valueOf(field, true);
      if ((isOlder && !field.dataset.anew) || valueOf(field) === value) return;
      if (!put(field, value)) return;
      isChanged = true;
      if (isOlder) document.getElementById(field.dataset.anew).hidden = false;
    });
    const place = form.querySelector(".kept");
    if (isChanged && place) place.textContent = words.restored;
  }

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    restore(form);
    form.addEventListener("input", () => keep(form));
  });

  /* ── dialogs, menu, language, programme ── */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    const menuButton = event.target.closest("[data-toggle-menu]");
    if (menuButton) {
      const isOpen = document.getElementById("menu").classList.toggle("is-open");
      menuButton.setAttribute("aria-expanded", String(isOpen));
    }
    const language = event.target.closest("[data-language]");
    if (language) {
      document.cookie = `language=${language.dataset.language}; path=/; max-age=31536000; samesite=lax`;
      location.reload();
    }
    const back = event.target.closest("[data-back]");
    if (back && history.length > 1) { event.preventDefault(); history.back(); }
    document.querySelectorAll("details.person[open]").forEach((details) => {
      if (!details.contains(event.target)) details.open = false;
    });
  });
  document.querySelectorAll("[data-programme-switch] select").forEach((select) => {
    select.addEventListener("change", () => {
      document.cookie = `skola_programme=${select.value}; path=/; max-age=31536000; samesite=lax`;
      const address = new URL(location.href);
      address.searchParams.delete("programme");
      location.assign(address);
    });
  });

  /* ── "/" goes to the search field of the page ── */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  });

  /* ── a page that was loaded anew stays where it was: what was done is told in sight, for a while ── */
  const flashes = document.querySelector(".flashes");
  if (flashes?.childElementCount) {
    flashes.classList.add("is-afloat");
    setTimeout(() => flashes.classList.remove("is-afloat"), 12000);
  }

  window.skola = { post, send, session, tell, token, words };
})();
