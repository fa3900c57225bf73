// What is typed into a form marked data-keep stays in this browser until the server has saved it: per person and post, per form and field.
// It is put back when the form is opened again, with a line that says so and throws it away; signing out clears it (site.js).
(() => {
  "use strict";
  const store = (() => { try { localStorage.setItem("x-try", ""); localStorage.removeItem("x-try"); return localStorage; } catch { return null; } })();
  if (!store) return;
  const mine = `xiangxu:${document.body.dataset.holder || ""}:`, longest = 14 * 86400000;
  const keyOf = (form) => mine + form.dataset.keep;
  const load = (key) => { try { return JSON.parse(store.getItem(key)); } catch { store.removeItem(key); return null; } };
  const same = (one, other) => Object.keys(one).every((name) => name === "token" || !(name in other) || JSON.stringify(one[name]) === JSON.stringify(other[name]));

  // The fields by name, several of one name in their order. A token goes along: a form that was sent but whose answer got lost is sent once.
  const left = ["hidden", "file", "password", "search", "submit", "button", "reset", "fieldset"];
  const fields = (form) => [...form.elements].filter((field) => field.name && (field.name === "token" || !left.includes(field.type)));
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  function read(form) {
    const now = {};
    for (const field of fields(form)) (now[field.name] = now[field.name] || []).push(ticked(field) ? field.checked : field.multiple ? [...field.selectedOptions].map((each) => each.value) : field.value);
    return now;
  }
  function fill(form, now) {
    const seen = {};
    for (const field of fields(form)) {
      const at = (seen[field.name] = (seen[field.name] || 0) + 1) - 1, value = (now[field.name] || [])[at];
      if (value === undefined) continue;
      const before = JSON.stringify(read(form)[field.name][at]);
      if (ticked(field)) field.checked = value;
      else if (field.multiple) for (const each of field.options) each.selected = value.includes(each.value);
      else field.value = value;
      const folded = field.closest("details");
      if (folded && before !== JSON.stringify(value)) folded.open = true;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function say(form, at) {
    const told = form.querySelector(".saved[data-words]");
    if (told) told.textContent = at ? `${told.dataset.words} ${new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}` : "";
  }

  const bound = new WeakSet();
  function bind(form) {
    if (bound.has(form)) return;
    bound.add(form);
    const key = keyOf(form), server = read(form);
    let kept = load(key);
    if (kept && (Date.now() - kept.at > longest || (form.dataset.last && kept.now.token && kept.now.token[0] === form.dataset.last))) { store.removeItem(key); kept = null; }
    // What stood there before anything was sent: when it has changed since, the sending went through.
    const base = (kept && kept.base) || server;
    const keep = (sent) => {
      const at = Date.now();
      try { store.setItem(key, JSON.stringify({ at, base, now: read(form), sent })); say(form, at); } catch { say(form, 0); }
    };
    const row = form.closest(".draft-row");
    // Refused, or shown again before it was saved: what the server gave back is typed and nothing more.
    const refused = "unsaved" in form.dataset || form.querySelector(".wrong-here, .message-error") || (row && row.querySelector(".message-error"));
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => { if (store.getItem(key)) keep(true); });
    if (refused) keep(false);
    else if (kept && (same(kept.now, server) || (kept.sent && !same(kept.base, server)))) store.removeItem(key);
    else if (kept) {
      fill(form, kept.now);
      const told = document.querySelector("#kept-back").content.cloneNode(true).firstElementChild;
      told.querySelector("button").addEventListener("click", () => { fill(form, server); store.removeItem(key); say(form, 0); told.remove(); });
      form.prepend(told);
    }
  }
  const all = (root) => { for (const form of root.querySelectorAll("form[data-keep]")) bind(form); };
  all(document);
  document.addEventListener("htmx:load", (event) => { const here = event.detail.elt; if (here.matches("form[data-keep]")) bind(here); all(here); });
  document.addEventListener("htmx:afterRequest", (event) => {
    // The form itself may be gone from the page by now: the answer stands in its place.
    const { successful, xhr, requestConfig } = event.detail, form = requestConfig.elt.closest && requestConfig.elt.closest("form[data-keep]");
    if (form && successful && requestConfig.verb === "post" && !xhr.responseText.includes("message-error")) store.removeItem(keyOf(form));
  });

  // For a page that shows where something is kept: the forms whose name begins so.
  window.keptForms = (prefix) => Object.keys(store).filter((key) => key.startsWith(mine + prefix)).map((key) => key.slice(mine.length));
})();
