// The matrix by mouse and keyboard: arrows move, Y N X fill, Delete takes back, Enter opens the cell. Without it every cell is a link.
(() => {
  "use strict";
  const table = () => document.getElementById("cells");
  const KEYS = { y: "yes", n: "no", x: "na", Delete: "clear", Backspace: "clear" };
  const CODES = { yes: "s", no: "n", na: "p", clear: "w" };

  const links = () => [...table().querySelectorAll("td a")];
  function begin() {
    if (!table()) return;
    // One place of the matrix is in the tab order, the one that was visited last.
    links().forEach((link, n) => { link.tabIndex = n ? -1 : 0; });
  }
  function go(link) {
    const before = table().querySelector('td a[tabindex="0"]');
    if (before) before.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
  }
  function next(link, key) {
    const cell = link.parentElement, column = cell.cellIndex;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      let beside = cell;
      do beside = key === "ArrowLeft" ? beside.previousElementSibling : beside.nextElementSibling; while (beside && beside.tagName === "TD" && !beside.querySelector("a"));
      return beside && beside.tagName === "TD" && beside.querySelector("a");
    }
    let row = cell.parentElement;
    do row = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling; while (row && !row.cells[column].querySelector("a"));
    return row && row.cells[column].querySelector("a");
  }
  // What was refused while a column is filled stands until it is put right or another column is begun: a key held down outruns its answers.
  const told = new Map();
  let filled = -1;
  function say(path, words) {
    told.delete(path);
    if (words) told.set(path, words);
    document.getElementById("messages").replaceChildren(...[...told.values()].slice(-5).map((each) => {
      const said = document.createElement("p");
      said.className = "message message-warning";
      said.setAttribute("role", "alert");
      said.textContent = each;
      return said;
    }));
  }
  // The edges follow what was typed, reckoned as the server does: verified √, and beside it how many wait for a second person.
  function count(place, cells) {
    const codes = cells.map((c) => c.className.match(/c-(\w)/)).filter(Boolean).map((m) => m[1]).filter((c) => !"xo".includes(c));
    const waiting = codes.filter((c) => "sp".includes(c)).length, more = document.createElement("small");
    const known = codes.some((c) => c !== "w") || cells.some((c) => c.classList.contains("c-o"));
    more.className = "quiet coverage-more";
    more.textContent = table().dataset.more.replace("#", waiting);
    place.textContent = codes.length && known ? `${(100 * codes.filter((c) => c === "v").length / codes.length).toFixed(1)}%` : "—";
    if (waiting) place.append(more);
  }
  function recount(cell) {
    const row = cell.parentElement, column = cell.cellIndex, rows = [...table().tBodies[0].rows], foot = table().tFoot.rows[0];
    count(row.lastElementChild, [...row.cells].slice(1, -1));
    count(foot.cells[column], rows.map((r) => r.cells[column]));
    count(foot.lastElementChild, rows.flatMap((r) => [...r.cells].slice(1, -1)));
  }
  function fill(link, todo) {
    const cell = link.parentElement, source = document.getElementById("source");
    const old = { kind: cell.className, html: cell.innerHTML };
    const words = { yes: "yes", no: "no", na: "na", clear: "none" }[todo];
    const path = new URL(link.href, location.href).pathname;
    const values = { do: todo, from: "matrix", was: link.dataset.m || "0", note: todo === "clear" || !source ? "" : source.value };
    if (cell.cellIndex !== filled) told.clear();
    filled = cell.cellIndex;
    // Shown at once; the answer puts what truly stands in its place.
    cell.className = `c-${CODES[todo]} c-sent`;
    link.textContent = table().dataset[words];
    const here = document.activeElement === link, row = cell.parentElement, column = cell.cellIndex;
    cell.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful) { cell.className = old.kind; cell.innerHTML = old.html; }
      const now = row.cells[column];
      const said = now.dataset.said || "";
      if (event.detail.successful) say(path, said);
      const there = now.querySelector("a");
      const moved = document.activeElement;
      if (there && (moved === document.body || (here && moved === link))) go(there);
      recount(now);
    }, { once: true });
    htmx.ajax("POST", path, { source: cell, target: cell, swap: "outerHTML", values });
  }
  document.addEventListener("keydown", (event) => {
    const link = event.target.closest && event.target.closest("#cells td a");
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const there = next(link, event.key);
      if (there) go(there);
      event.preventDefault();
      return;
    }
    const todo = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!todo || !("may" in table().dataset)) return;
    event.preventDefault();
    fill(link, todo);
    const below = next(link, "ArrowDown");
    if (below && todo !== "clear") go(below);
  });
  // A click opens the cell beside the matrix.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#cells td a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link);
    const path = new URL(link.href, location.href).pathname;
    htmx.ajax("GET", path, { source: link, target: "#drawer" }).then(() => history.pushState({ htmx: true }, "", path));
  });
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const text = document.getElementById(copy.dataset.copy);
      const done = () => { copy.textContent = copy.dataset.done; };
      text.select();
      // Without a secure address (a plain http server in the office) only the old way copies.
      if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(done, () => document.execCommand("copy") && done());
      else if (document.execCommand("copy")) done();
      return;
    }
    const tick = event.target.closest("[data-tick]");
    if (!tick) return;
    for (const box of tick.form.querySelectorAll(`input[name="${tick.dataset.tick}"]`)) box.checked = !tick.dataset.only || box.dataset.mark === tick.dataset.only;
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "coverage") begin(); });
  // The ground on which one enters for others is kept for this window.
  const source = document.getElementById("source");
  if (source) {
    source.value = sessionStorage.getItem("coverage-source") || "";
    source.addEventListener("input", () => sessionStorage.setItem("coverage-source", source.value));
  }
  begin();
})();
