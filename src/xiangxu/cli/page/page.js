(() => {
  "use strict";

  // Set before the body is read, so that nothing is shown that is hidden a moment later.
  const root = document.documentElement;
  root.classList.add("js");

  const narrow = window.matchMedia("(max-width: 899px)");
  const words = {
    zh: { found: (n, all) => (n === all ? `共 ${all} 条` : `${n} / ${all} 条`), at: (line) => `已在原文中标出，第 ${line} 行`, opened: "已打开条目" },
    en: { found: (n, all) => (n === all ? `${all} in all` : `${n} of ${all}`), at: (line) => `marked in the document, line ${line}`, opened: "entry opened" },
  };
  const translated = ["aria-label", "placeholder"];
  let language = "zh";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const say = (text) => { document.getElementById("spoken").textContent = text; };
  const remember = (address) => history.replaceState(null, "", `#${address}`);

  // -- language

  function setLanguage(chosen) {
    language = chosen;
    root.lang = chosen === "en" ? "en" : "zh-CN";
    for (const node of all("[data-en]")) {
      if (node.dataset.zh === undefined) node.dataset.zh = node.textContent;
      node.textContent = node.dataset[chosen];
      node.lang = root.lang;
    }
    for (const name of translated) {
      for (const node of all(`[data-en-${name}]`)) {
        if (!node.hasAttribute(`data-zh-${name}`)) node.setAttribute(`data-zh-${name}`, node.getAttribute(name));
        node.setAttribute(name, node.getAttribute(`data-${chosen}-${name}`));
      }
    }
    for (const button of all("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
    searched.clear();
    for (const panel of all(".panel")) filter(panel);
  }

  // -- which document, which side, which list

  const shownPlan = () => document.querySelector(".plan.shown");
  const planOf = (node) => node.closest(".plan");

  function showPlan(plan) {
    for (const other of all(".plan")) other.classList.toggle("shown", other === plan);
    const chooser = document.getElementById("chooser");
    if (chooser) chooser.value = plan.id;
  }

  function showPanel(panel, focus) {
    const tabs = all('[role="tab"]', planOf(panel));
    for (const tab of tabs) {
      const own = tab.getAttribute("aria-controls") === panel.id;
      tab.setAttribute("aria-selected", String(own));
      tab.tabIndex = own ? 0 : -1;
      if (own && focus) tab.focus();
      if (own && narrow.matches) tab.scrollIntoView({ block: "nearest", inline: "center" });
    }
    for (const other of all(".panel", planOf(panel))) other.classList.toggle("shown", other === panel);
  }

  const left = {};

  function setView(view) {
    const before = document.body.dataset.view;
    if (narrow.matches) left[before === "both" ? "reading" : before] = window.scrollY;
    document.body.dataset.view = view;
    for (const button of all("button[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    if (narrow.matches) window.scrollTo(0, left[view] || 0);
  }

  function reveal(side) {
    const view = document.body.dataset.view;
    if (narrow.matches ? (view === "both" ? "reading" : view) !== side : view !== "both" && view !== side) setView(narrow.matches ? side : "both");
  }

  // -- places in the document

  const cut = new Map();

  function pieces(plan) {
    if (!cut.has(plan)) {
      const nodes = all(".document [data-at]", plan);
      cut.set(plan, { nodes, starts: nodes.map((node) => Number(node.dataset.at)) });
    }
    return cut.get(plan);
  }

  function firstFrom(starts, offset) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < offset) low = middle + 1; else high = middle;
    }
    return low;
  }

  function light(row, index) {
    const plan = planOf(row);
    for (const node of all(".lit", plan)) node.classList.remove("lit");
    for (const node of all(".lit-line", plan)) node.classList.remove("lit-line");
    const { nodes, starts } = pieces(plan);
    let target = null;
    (row.dataset.places || "").split(" ").filter(Boolean).forEach((place, number) => {
      const [start, end] = place.split(":").map(Number);
      for (let i = firstFrom(starts, start); i < nodes.length && starts[i] < end; i += 1) {
        nodes[i].classList.add("lit");
        nodes[i].closest(".line").classList.add("lit-line");
        if (number === index && !target) target = nodes[i];
      }
    });
    return target;
  }

  // Blocks out of sight have a guessed height, so the first jump lays them out and the second one meets the place.
  function jump(node, block) {
    node.scrollIntoView({ block, inline: "nearest" });
    requestAnimationFrame(() => node.scrollIntoView({ block, inline: "nearest" }));
  }

  function choose(row, index, from) {
    const plan = planOf(row);
    for (const other of all("tr.chosen", plan)) {
      other.classList.remove("chosen");
      other.removeAttribute("aria-current");
    }
    row.classList.add("chosen");
    row.setAttribute("aria-current", "true");
    showPlan(plan);
    const panel = row.closest(".panel");
    showPanel(panel, false);
    if (row.hidden) clear(panel);
    const target = light(row, index);
    if (from === "document") {
      reveal("reading");
      jump(row, "center");
      row.querySelector("a, .go").focus({ preventScroll: true });
      say(words[language].opened);
    } else if (target) {
      if (from === "reading" || !narrow.matches) {
        reveal("document");
        jump(target, "center");
      }
      // The row has grown by its details, which may lie below the edge.
      if (from === "reading" && !narrow.matches) row.scrollIntoView({ block: "nearest" });
      if (from !== "reading") jump(row, "center");
      say(words[language].at(target.closest(".line").dataset.line));
    } else {
      jump(row, "nearest");
    }
    remember(row.id);
  }

  // -- filters

  const searched = new Map();

  function textOf(row) {
    if (!searched.has(row)) searched.set(row, row.textContent.toLowerCase());
    return searched.get(row);
  }

  const parts = (panel) => ({
    box: panel.querySelector('input[type="search"]'),
    only: panel.querySelector('input[type="checkbox"]'),
    nothing: panel.querySelector(".scroller .empty"),
    rows: all("tbody tr", panel),
  });

  function filter(panel) {
    const { box, only, nothing, rows } = parts(panel);
    if (!box) return;
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const meets = !(only && only.checked && row.dataset.doubtful === undefined) && wanted.every((word) => textOf(row).includes(word));
      row.hidden = !meets;
      if (meets) count += 1;
    }
    nothing.hidden = count > 0;
    panel.querySelector("table").hidden = count === 0;
    panel.querySelector(".found").textContent = words[language].found(count, rows.length);
  }

  function clear(panel) {
    const { box, only } = parts(panel);
    box.value = "";
    if (only) only.checked = false;
    filter(panel);
  }

  function rememberPanel(panel) {
    const { box, only } = parts(panel);
    const query = new URLSearchParams();
    if (box && box.value) query.set("q", box.value);
    if (only && only.checked) query.set("doubtful", "1");
    remember(panel.id + (query.toString() ? `?${query}` : ""));
  }

  // -- the address: an entry, a line, or a list with its filter

  function follow(address, from) {
    const [id, query] = address.split("?");
    const node = id && document.getElementById(id);
    if (!node || !planOf(node)) return;
    showPlan(planOf(node));
    if (node.matches("tr")) choose(node, 0, from);
    else if (node.matches(".panel")) {
      showPanel(node, false);
      const { box, only } = parts(node);
      const given = new URLSearchParams(query || "");
      if (box) {
        box.value = given.get("q") || "";
        if (only) only.checked = given.has("doubtful");
        filter(node);
      }
      reveal("reading");
      if (from) rememberPanel(node);
    } else if (node.matches(".line")) {
      reveal("document");
      jump(node, "center");
    }
  }

  function onClick(event) {
    const link = event.target.closest('a[href^="#"]');
    const row = event.target.closest("tbody tr");
    const line = event.target.closest(".line");
    if (link && link.matches(".go")) {
      event.preventDefault();
      choose(row, Number(link.dataset.place), "reading");
    } else if (link && !link.closest(".skips")) {
      event.preventDefault();
      follow(link.getAttribute("href").slice(1), line ? "document" : "entry");
    } else if (event.target.closest("input, label, button, select") || String(window.getSelection())) {
      return;
    } else if (row && row.dataset.places) {
      choose(row, 0, "reading");
    } else if (line && line.dataset.of) {
      choose(document.getElementById(line.dataset.of), 0, "document");
    }
  }

  function onTabKey(event) {
    const tab = event.target.closest('[role="tab"]');
    if (!tab) return;
    const tabs = all('[role="tab"]', planOf(tab));
    const last = tabs.length - 1, here = tabs.indexOf(tab);
    const next = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here === 0 ? last : here - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    openTab(tabs[next], true);
  }

  function openTab(tab, focus) {
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    const tabs = tab.parentElement;
    showPanel(panel, focus);
    // On a phone the page itself scrolls: a list opened while another was scrolled down starts at its own top.
    const below = panel.getBoundingClientRect().top - tabs.offsetHeight;
    if (narrow.matches && below < 0) window.scrollBy(0, below);
    rememberPanel(panel);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onTabKey);
    for (const tab of all('[role="tab"]')) tab.addEventListener("click", () => openTab(tab, false));
    for (const button of all("button[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));
    for (const button of all("[data-language]")) button.addEventListener("click", () => setLanguage(button.dataset.language));
    for (const panel of all(".panel")) {
      const { box, only } = parts(panel);
      const changed = () => { filter(panel); rememberPanel(panel); };
      if (box) box.addEventListener("input", changed);
      if (only) only.addEventListener("change", changed);
      for (const button of all("[data-clear]", panel)) {
        button.addEventListener("click", () => { clear(panel); rememberPanel(panel); box.focus(); });
      }
    }
    const chooser = document.getElementById("chooser");
    if (chooser) {
      chooser.addEventListener("change", () => {
        showPlan(document.getElementById(chooser.value));
        rememberPanel(shownPlan().querySelector(".panel.shown"));
        window.scrollTo(0, 0);
      });
    }
    setLanguage(root.dataset.firstLanguage);
    const here = () => follow(decodeURIComponent(location.hash.slice(1)), "");
    window.addEventListener("hashchange", here);
    here();
  });
})();
