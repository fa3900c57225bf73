// Reporting: what is typed stays in this browser until it has been sent; boxes ticked together; a text copied to be pasted into a chat.
(() => {
  "use strict";
  const store = (() => { try { localStorage.setItem("x-try", ""); localStorage.removeItem("x-try"); return localStorage; } catch { return null; } })();

  // The form: kept as one types, under a key of its own for task and post. The token is kept with it, so that a form that was sent but
  // whose answer got lost makes no second report; once the server knows the token, what was kept is thrown away.
  const form = document.querySelector("form[data-keep]");
  if (form && store) {
    const key = `xiangxu:${form.dataset.keep}`, told = document.querySelector("#kept");
    const fields = ["word", "quantity", "line", "obstacles", "next_step", "source", "children"];
    const value = (name) => { const f = form.elements[name]; return !f ? undefined : f.type === "checkbox" ? f.checked : f.value; };
    const say = (at) => { told.textContent = `${told.dataset.words} ${new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}`; };
    let kept = null;
    try { kept = JSON.parse(store.getItem(key)); } catch { store.removeItem(key); }
    const old = kept && (kept.token === form.dataset.last || Date.now() - kept.at > 14 * 86400000);
    if (old) store.removeItem(key);
    else if (kept && !form.querySelector(".wrong-here")) {
      for (const name of fields) {
        const f = form.elements[name];
        if (!f || kept[name] === undefined) continue;
        if (f.type === "checkbox") f.checked = kept[name]; else f.value = kept[name];
      }
      form.elements.token.value = kept.token;
      if (kept.obstacles || kept.next_step) form.querySelector(".report-more").open = true;
      say(kept.at);
    }
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const now = { token: form.elements.token.value, at: Date.now() };
        for (const name of fields) now[name] = value(name);
        try { store.setItem(key, JSON.stringify(now)); say(now.at); } catch { told.textContent = ""; }
      }, 300);
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.name === "word" && event.target.value === "behind") { const more = document.querySelector(".report-more"); if (more) more.open = true; }
    const all = event.target.dataset.tickAll;
    if (all) for (const box of document.querySelectorAll(`input[name="${all}"]`)) box.checked = event.target.checked;
  });
  for (const box of document.querySelectorAll("[data-tick-all]")) box.hidden = false;
  for (const button of document.querySelectorAll("[data-fill], [data-copy]")) button.hidden = false;

  document.addEventListener("click", async (event) => {
    const fill = event.target.closest("[data-fill]");
    if (fill) {
      const into = document.querySelector(fill.dataset.into);
      into.value = document.querySelector(fill.dataset.fill).textContent;
      into.dispatchEvent(new Event("input", { bubbles: true }));
      into.focus();
    }
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    const text = document.querySelector(copy.dataset.copy);
    let done = false;
    // Without a secure connection a browser has no clipboard for pages: the old way still works there.
    try { await navigator.clipboard.writeText(text.value); done = true; } catch { text.focus(); text.select(); done = document.execCommand("copy"); }
    const words = copy.querySelector("span");
    if (!copy.dataset.usual) copy.dataset.usual = words.textContent;
    words.textContent = done ? copy.dataset.done : copy.dataset.byHand;
    setTimeout(() => { words.textContent = copy.dataset.usual; }, 3000);
  });
})();
