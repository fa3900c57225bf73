// Reporting: boxes ticked together; a text copied to be pasted into a chat. What is typed is kept by keep.js.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.name === "word" && event.target.value === "behind") { const more = document.querySelector(".report-more"); if (more) more.open = true; }
    const { tickAll: all, tickWithin: within } = event.target.dataset;
    if (within) for (const box of event.target.closest(within).querySelectorAll("input[name]")) box.checked = event.target.checked;
    if (all) for (const name of all.split(" ")) for (const box of document.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
  });
  for (const box of document.querySelectorAll("[data-tick-all], [data-tick-within]")) box.hidden = false;
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
