// The import by keyboard and touch: the row one is at, its place in the document, the other way round. Every button works without this.
(() => {
  "use strict";
  const draft = document.querySelector("#draft");
  if (!draft) return;
  document.documentElement.classList.add("scripted");
  const doc = document.querySelector("#doc");
  const panel = () => document.querySelector("#panel");
  // Where each line stands on the pages' pictures; null where the document is shown as text.
  const linesNow = () => { const node = doc.querySelector("#lines"); return node ? JSON.parse(node.textContent) : null; };
  let lines = linesNow();
  const rows = () => [...panel().querySelectorAll(".draft-row[data-ref]")];
  const byRef = (ref) => document.getElementById("r-" + ref);
  let current = new URLSearchParams(location.search).get("at") || "";
  // Where the row was, so that the next one is found when the row itself has gone from a filtered list.
  let position = 0;
  // Which way a page was turned, until the other one is there; the rows that are picked, also those of other pages.
  let turned = 0;
  const picks = new Set();

  // A page that cannot be drawn is not on its way.
  doc.addEventListener("error", (event) => event.target.parentElement.querySelector(".sheet-coming")?.remove(), true);

  // One side at a time on a telephone.
  function side(name) {
    draft.dataset.side = name;
    for (const button of draft.querySelectorAll(".draft-switch button")) button.setAttribute("aria-pressed", String(button.dataset.side === name));
  }

  // The place in the document: boxes over a page's picture, or the words themselves.
  function clear() {
    for (const mark of doc.querySelectorAll("svg .mark")) mark.remove();
    for (const at of doc.querySelectorAll(".at")) at.classList.remove("at");
    if (window.CSS && CSS.highlights) CSS.highlights.delete("draft-place");
  }
  function boxes(from, to) {
    let first = null, last = null, near = null, nearest = -1;
    for (const [number, all] of Object.entries(lines)) {
      const sheet = doc.querySelector(`[data-page="${number}"] svg`);
      for (const [start, end, left, top, right, bottom] of all) {
        if (start <= from && start > nearest) { nearest = start; near = sheet; }
        if (start >= to || end <= from) continue;
        // Part of a line: about so far from its left as its characters say.
        const wide = (right - left) / Math.max(end - start, 1), high = Number(sheet.dataset.height);
        const x = left + wide * (Math.max(from, start) - start), until = left + wide * (Math.min(to, end) - start);
        // Pieces of one line, side by side, are one box.
        if (last && last.sheet === sheet && last.top === top && last.bottom === bottom && Math.abs(x - last.until) < 0.03) {
          last.rect.setAttribute("width", (until - last.x) * 1000 + 6);
          last.until = until;
          continue;
        }
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const shape = { class: "mark", x: x * 1000 - 3, y: top * high - 3, width: (until - x) * 1000 + 6, height: (bottom - top) * high + 6 };
        for (const [name, value] of Object.entries(shape)) rect.setAttribute(name, value);
        sheet.append(rect);
        first = first || rect;
        last = { sheet, rect, x, until, top, bottom };
      }
    }
    // Words that were not found on a page: the page of what stands before them.
    return first || near;
  }
  function words(from, to) {
    const ranges = [];
    let first = null;
    for (const span of doc.querySelectorAll("[data-from]")) {
      const text = span.firstChild, start = Number(span.dataset.from);
      if (!text || start >= to || start + text.length <= from) continue;
      const range = document.createRange();
      range.setStart(text, Math.max(from - start, 0));
      range.setEnd(text, Math.min(to - start, text.length));
      ranges.push(range);
      span.parentElement.classList.add("at");
      // A merged cell reaches over many rows: the row itself is where its own cells are.
      if (!first || first.parentElement.rowSpan > 1 && span.parentElement.rowSpan === 1) first = span;
    }
    if (ranges.length && window.Highlight && CSS.highlights) CSS.highlights.set("draft-place", new Highlight(...ranges));
    return first;
  }
  function light(from, to) {
    clear();
    const first = lines ? boxes(from, to) : words(from, to);
    if (first && doc.offsetParent !== null) {
      const seen = first.getBoundingClientRect(), frame = doc.getBoundingClientRect();
      if (matchMedia("(max-width: 767px)").matches) first.scrollIntoView({ block: "center" });
      else doc.scrollTop += seen.top - frame.top - frame.height / 3;
    }
  }

  function select(row, look = true) {
    for (const other of panel().querySelectorAll(".draft-row.current")) other.classList.remove("current");
    if (!row) return;
    row.classList.add("current");
    current = row.dataset.ref;
    position = rows().indexOf(row);
    const address = new URL(location.href);
    address.searchParams.set("tab", panel().dataset.tab);
    address.searchParams.set("at", current);
    address.searchParams.delete("mode");
    history.replaceState(history.state, "", address);
    if (look && row.dataset.start !== undefined) light(Number(row.dataset.start), Number(row.dataset.end));
  }
  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.dataset.ref === current);
    // Beyond the last row of the page the next page goes on; above its first the one before.
    const turn = at >= 0 && !all[at + by] && panel().querySelector(`[data-turn="${by > 0 ? "following" : "before"}"]`);
    if (turn) { turned = by; turn.click(); return; }
    const to = all[Math.max(0, Math.min(all.length - 1, at < 0 ? position : at + by))];
    select(to);
    to.scrollIntoView({ block: "nearest" });
    to.focus({ preventScroll: true });
  }
  // The boxes of this page, and for what is picked on the others a field of the form.
  const boxed = (box) => box.type === "checkbox";
  const bulk = () => [...panel().querySelectorAll('input[name="refs"]')].filter((input) => input.form && input.form.id === "bulk");
  // Where something typed was not saved: the row says so and leads back to its form. A row that is being edited shows it itself.
  function unsaved() {
    for (const old of panel().querySelectorAll(".kept-here")) old.remove();
    const prefix = `draft-${draft.dataset.draft}-`;
    for (const name of window.keptForms ? window.keptForms(prefix) : []) {
      const [, what, how] = name.slice(prefix.length).match(/^(new|[a-z]\w*(?:-\d+)?)-(edit|split|fit|tasks|targets)$/) || [];
      const at = what === "new" ? how === panel().dataset.tab && panel().querySelector(".draft-bar") : what && byRef(what);
      const open = at && (what === "new" ? panel() : at).querySelector(`[data-key="${{ new: "n", edit: "e", split: "s", fit: "f" }[what === "new" ? "new" : how]}"]`);
      if (!open || panel().querySelector(`[data-keep="${name}"]`)) continue;
      const told = document.querySelector("#kept-here").content.cloneNode(true).firstElementChild;
      told.querySelector("button").addEventListener("click", (event) => { event.stopPropagation(); open.click(); });
      at.append(told);
    }
  }
  function count() {
    const picked = document.querySelector("#picked");
    if (!picked) return;
    picked.textContent = picks.size;
    picked.closest("form").classList.toggle("picked", picks.size > 0);
    for (const button of panel().querySelectorAll("[data-bulk]")) button.disabled = picks.size < (button.value === "merge" ? 2 : 1);
  }
  function pick(box) {
    if (box.checked) picks.add(box.value); else picks.delete(box.value);
    count();
  }
  // Another page of the same list: what was picked stays picked.
  function kept() {
    const form = document.querySelector("#bulk");
    if (!form) return;
    for (const input of bulk()) if (!boxed(input) || input.checked) picks.add(input.value);
    for (const input of bulk().filter(boxed)) input.checked = picks.has(input.value);
    const here = new Set(bulk().map((input) => input.value));
    for (const ref of picks) {
      if (here.has(ref)) continue;
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "refs", value: ref });
      form.append(input);
    }
  }
  // htmx forgets the button of a form as soon as the focus leaves it: when the next row is taken, or while a request waits its turn.
  const pressed = new WeakMap();
  document.addEventListener("htmx:configRequest", (event) => {
    // Whatever is not the turning of a page makes another list of it: the choice is spent.
    if (event.detail.elt.id === "bulk" || event.detail.target.id === "panel" && !event.detail.elt.dataset.turn) picks.clear();
    const button = pressed.get(event.detail.elt);
    if (button) event.detail.formData.set(button.name, button.value);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    const button = target.closest("button[name]");
    if (button && button.form) pressed.set(button.form, button);
    const switched = target.closest(".draft-switch button");
    if (switched) { side(switched.dataset.side); return; }
    if (target.closest("[data-help]")) { document.querySelector("#draft-help").showModal(); return; }
    const cut = target.closest("[data-cut]");
    if (cut) {
      const area = cut.closest("form").querySelector("[data-split]");
      area.setRangeText("\n\n", area.selectionStart, area.selectionEnd, "end");
      area.focus();
      return;
    }
    const place = target.closest(".draft-place");
    if (place) {
      const row = place.closest(".draft-row[data-ref]"), from = row ? row.dataset : place.dataset;
      if (from.start === undefined) return;
      event.preventDefault();
      side("doc");
      if (row) select(row, false);
      light(Number(from.start), Number(from.end));
      // The arrow keys now move the document.
      doc.focus({ preventScroll: true });
      return;
    }
    const row = target.closest("#panel .draft-row[data-ref]");
    if (row && !target.closest("input, textarea, select, label, summary")) select(row, !target.closest("a, button"));
    // What is settled leads on to the next row; if it is refused, the row comes back with the reason.
    if (row && target.closest("[data-next]")) step(1);
    if (target.closest("#doc") && !getSelection().toString()) {
      const offset = offsetAt(event.clientX, event.clientY, target);
      // A page is enlarged by its link only where nothing was read.
      if (offset !== null && target.closest(".sheet")) event.preventDefault();
      back(offset);
    }
  });
  document.addEventListener("change", (event) => { if (event.target.name === "refs") pick(event.target); });

  // Which place of the text lies at a point of the screen; null where nothing was read there.
  function offsetAt(x, y, target) {
    const sheet = target.closest(".sheet");
    if (sheet && lines) {
      const frame = sheet.querySelector("img").getBoundingClientRect();
      const across = (x - frame.left) / frame.width, down = (y - frame.top) / frame.height;
      const hit = (lines[sheet.dataset.page] || []).find(([, , left, top, right, bottom]) => across >= left && across <= right && down >= top && down <= bottom);
      return hit ? hit[0] + Math.floor(((across - hit[2]) / (hit[4] - hit[2])) * (hit[1] - hit[0])) : null;
    }
    const span = target.closest("[data-from]");
    const caret = span && document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
    return span ? Number(span.dataset.from) + (caret && span.contains(caret.startContainer) ? caret.startOffset : 0) : null;
  }
  // By keyboard it is the place where the document lights what a row says: a third down; the first words there or below.
  function reading() {
    const frame = doc.getBoundingClientRect(), middle = frame.left + frame.width / 2;
    for (let y = frame.top + frame.height / 3; y < Math.min(frame.bottom, innerHeight); y += 8) {
      const target = document.elementFromPoint(middle, y);
      const offset = target && doc.contains(target) ? offsetAt(middle, y, target) : null;
      if (offset !== null) return offset;
    }
    return null;
  }

  // From the document to the row: the smallest row that covers the place.
  function back(offset) {
    if (offset === null) return;
    const over = rows().filter((row) => Number(row.dataset.start) <= offset && offset < Number(row.dataset.end));
    over.sort((a, b) => a.dataset.end - a.dataset.start - (b.dataset.end - b.dataset.start));
    if (!over.length) {
      // Perhaps a row of another page: the server knows.
      const start = document.querySelector('#bulk input[name="start"]');
      if (start) htmx.ajax("GET", `${location.pathname}?tab=${panel().dataset.tab}&place=${offset}&start=${start.value}`, { target: "#panel", swap: "outerHTML", source: start });
      return;
    }
    side("rows");
    select(over[0]);
    over[0].scrollIntoView({ block: "center" });
    over[0].focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    const row = byRef(current);
    const press = (key) => { const it = row && row.querySelector(`[data-key="${key}"]`); if (it) { event.preventDefault(); it.click(); } return it; };
    if (typing) {
      const leave = event.key === "Escape" && (event.target.closest(".draft-row") || row || panel()).querySelector('[data-key="Escape"]');
      if (leave) { event.preventDefault(); leave.click(); }
      return;
    }
    const key = event.key;
    // What has just come is bound by htmx a moment later: until then a link of it would load the whole page.
    if (draft.querySelector(".htmx-added") && !event.target.closest("a, button, summary, input")) {
      event.preventDefault();
      setTimeout(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })), 30);
      return;
    }
    if (key === "j" || key === "ArrowDown" && event.target.closest(".draft-row")) { event.preventDefault(); step(1); }
    else if (key === "k" || key === "ArrowUp" && event.target.closest(".draft-row")) { event.preventDefault(); step(-1); }
    else if (key === "?") document.querySelector("#draft-help").showModal();
    else if (key === "n") { const add = panel().querySelector('[data-key="n"]'); if (add) { event.preventDefault(); add.click(); } }
    else if (key === "v") { const look = panel().querySelector('[data-key="v"]'); if (look && !look.disabled) look.click(); }
    else if (key === "m") { const merge = panel().querySelector('[data-key="m"]'); if (merge && !merge.disabled) merge.click(); }
    else if (key === "x") { const box = row && row.querySelector('input[name="refs"]'); if (box) { box.checked = !box.checked; pick(box); } }
    else if ((key === "Enter" || key === " ") && event.target.closest("a, button, summary, input")) return;
    else if (key === "Enter" && event.target === doc) { event.preventDefault(); back(reading()); }
    else if (key === "Enter") press("Enter") || press(" ");
    else if (key === " ") { if (!press(" ")) { event.preventDefault(); step(1); } }
    else if (["e", "f", "h", "l", "s", "d", "o", "1", "2", "Escape"].includes(key)) press(key);
  });

  // The keys act on the row in which the focus stands: whoever goes on with the tabulator would else change another, out of sight.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".draft-row[data-ref]");
    if (row && row.dataset.ref !== current) select(row);
  });

  // A page that is turned by the mouse begins at its first row.
  document.addEventListener("click", (event) => { if (event.target.closest("[data-turn]")) turned = turned || 1; });

  // The first field of the form that is open in a row.
  const asked = (row) => row.querySelector(".draft-form input:not([type=hidden]), .draft-form textarea, .draft-form select, .draft-choose input[type=search]");

  // What was refused, and what was opened to be edited, gets the focus.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "panel") kept();
    count();
    unsaved();
    const added = document.querySelector("#draft-new");
    if (added && event.detail.elt.id === "panel") { turned = 0; select(null); added.scrollIntoView({ block: "nearest" }); added.querySelector("input:not([type=hidden]), textarea").focus({ preventScroll: true }); return; }
    const row = event.detail.elt.closest && event.detail.elt.closest(".draft-row[data-ref]");
    // Another list: the row that one was at, else the first.
    if (event.detail.elt.id === "panel") {
      current = panel().dataset.at || current;
      const all = rows(), entered = turned < 0 ? all[all.length - 1] : all[0];
      select(turned ? entered : byRef(current) || all[0]);
      if (current && !turned && panel().dataset.at) { side("rows"); byRef(current) && byRef(current).scrollIntoView({ block: "center" }); }
      if (turned && entered) { entered.scrollIntoView({ block: turned < 0 ? "end" : "center" }); entered.focus({ preventScroll: true }); }
      turned = 0;
      // htmx gives the focus back to the row of that name, which may have gone into another.
      const focused = document.activeElement, at = byRef(current);
      if (at && focused !== at && focused.classList.contains("draft-row")) at.focus({ preventScroll: true });
      return;
    }
    const now = row || byRef(current);
    if (!now) return;
    const asks = asked(now);
    if (row && (row.querySelector(".message-error") || asks)) {
      select(row);
      // The row itself had the focus before and has it again: the form in it is what one is at.
      if (asks && (document.activeElement === row || !row.contains(document.activeElement))) asks.focus({ preventScroll: true });
    }
    else if (now.dataset.ref === current) now.classList.add("current");
  });

  // The pages of a Word file came in the place of its text: the row's place is lit on them.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "doc-inside") return;
    lines = linesNow();
    const row = byRef(current);
    if (row && row.dataset.start !== undefined) light(Number(row.dataset.start), Number(row.dataset.end));
  });

  kept();
  count();
  unsaved();
  const begin = byRef(current) || rows()[0];
  if (begin) { select(begin); asked(begin)?.focus({ preventScroll: true }); if (current && begin !== rows()[0]) begin.scrollIntoView({ block: "center" }); }
})();
