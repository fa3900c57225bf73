// What the pages need beyond htmx: menus that close, the drawer, the dialog, plain words when a request fails. No page needs it to work.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);

  // A menu closes when something else is touched, and on Escape, which gives the focus back.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const closer = event.target.closest("[data-close]");
    if (!closer) return;
    if (closer.dataset.close === "drawer") closeDrawer();
    else if (closer.closest("dialog")) { event.preventDefault(); one("#dialog").close(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = one("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else if (one("#drawer").childElementCount) closeDrawer();
  });

  // The drawer: its own address while it is open; closing it goes back to the list's.
  let list = null, opener = null;
  function closeDrawer() {
    one("#drawer").replaceChildren();
    if (list !== null) history.pushState({ htmx: true }, "", list);
    list = null;
    const again = opener && document.querySelector(`a[href="${CSS.escape(opener)}"]`);
    if (again) again.focus();
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id !== "drawer") return;
    if (list === null) list = location.pathname + location.search;
    opener = event.detail.elt.getAttribute("href");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "drawer") { const close = target.querySelector("[data-close]"); if (close) close.focus(); }
    if (target.id === "dialog" && !target.open) target.showModal();
  });

  // On a telephone the list comes first: filters that nobody has set are folded behind their button. Without script they all stand.
  const filters = one("#filters");
  if (filters && matchMedia("(max-width: 767px)").matches) {
    const set = [...filters.querySelectorAll("select")].some((each) => each.selectedIndex > 0);
    const go = filters.querySelector(".filter-go");
    if (!set && go && filters.querySelector("select")) {
      filters.classList.add("folded");
      go.setAttribute("aria-expanded", "false");
      go.addEventListener("click", (event) => {
        if (!filters.classList.contains("folded")) return;
        event.preventDefault();
        filters.classList.remove("folded");
        go.removeAttribute("aria-expanded");
        filters.querySelector("select").focus();
      });
    }
  }

  // An address says only what was chosen: empty fields stay out of it.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get" || event.detail.elt.id !== "filters") return;
    for (const key of [...event.detail.formData.keys()]) if (!event.detail.formData.get(key)) event.detail.formData.delete(key);
  });
  document.addEventListener("submit", (event) => {
    // Whoever signs out leaves nothing half written to the next person at this machine.
    if (event.target.action && new URL(event.target.action, location.href).pathname.endsWith("/logout/")) {
      try { for (const key of Object.keys(localStorage)) if (key.startsWith("xiangxu:")) localStorage.removeItem(key); } catch { /* nothing is kept where nothing can be */ }
    }
    if (event.target.id === "filters" && !event.defaultPrevented) for (const input of event.target.elements) if (!input.value) input.disabled = true;
    if ("once" in event.target.dataset) {
      if (event.target.dataset.once === "sent") { event.preventDefault(); return; }
      event.target.dataset.once = "sent";
      for (const button of event.target.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-once]")) { form.dataset.once = ""; for (const b of form.querySelectorAll("[aria-busy]")) b.removeAttribute("aria-busy"); }
    const wrong = one("[data-focus]");
    if (wrong) wrong.focus();
  });

  // A long table scrolls within itself, under its heads: while rows lie below its edge, it is said that they do; what is wider than its
  // frame says so above, and fades at the edge beyond which there is more.
  function edges() {
    for (const frame of document.querySelectorAll(".list-scroll, .matrix-scroll, .draft-tabs")) {
      const more = frame.scrollWidth - frame.clientWidth;
      frame.classList.toggle("more-right", more - frame.scrollLeft > 8);
      if (more > 8) frame.dataset.wider = document.body.dataset.wider;
      else delete frame.dataset.wider;
    }
    for (const list of document.querySelectorAll(".list-scroll")) {
      const more = list.nextElementSibling;
      if (more && more.matches(".list-more")) more.hidden = list.scrollHeight - list.clientHeight - list.scrollTop < 8;
    }
  }
  // Of a row of tabs the one that is open is in sight.
  function opened() {
    for (const tab of document.querySelectorAll(".draft-tabs [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - 32;
    edges();
  }
  document.addEventListener("scroll", edges, true);
  document.addEventListener("toggle", edges, true);
  window.addEventListener("resize", edges);
  window.addEventListener("load", opened);
  document.addEventListener("htmx:afterSettle", opened);

  // Paper folds nothing: what is folded on the page is open while it is printed.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open]):not(.menu)")].filter((each) => !each.closest("form, .rest"));
    for (const each of unfolded) each.open = true;
  });
  window.addEventListener("afterprint", () => { for (const each of unfolded) each.open = false; });

  // While a request runs the page says so, and what it is about to replace takes no click that would be lost with it. What asks by itself,
  // a progress or a draft being saved, disturbs nobody. Links to other pages always lead there.
  let running = 0;
  const held = new WeakMap();
  document.addEventListener("htmx:beforeSend", (event) => {
    const { elt, target, requestConfig } = event.detail, cause = requestConfig.triggeringEvent;
    if (!cause || !cause.isTrusted && cause.type !== "submit" && cause.type !== "click") return;
    const pressed = cause.type === "submit" || cause.type === "click";
    const nodes = [target, ...(!pressed ? [] : elt.matches("form") ? [...elt.elements].filter((each) => each.matches("button")) : [elt])];
    held.set(event.detail.xhr, nodes);
    for (const node of nodes) node.setAttribute("aria-busy", "true");
    running += 1;
    document.body.classList.add("working");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const nodes = held.get(event.detail.xhr);
    if (!nodes) return;
    held.delete(event.detail.xhr);
    for (const node of nodes) node.removeAttribute("aria-busy");
    running -= 1;
    document.body.classList.toggle("working", running > 0);
  });
  document.addEventListener("click", (event) => {
    const busy = event.target.closest('[aria-busy="true"]'), link = event.target.closest("a[href]");
    if (!busy || link && !link.matches("[hx-get], [hx-post]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Whoever was signed out meanwhile gets the sign-in page as a page; a refusal inside drawer or dialog is shown there.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target, pathInfo } = event.detail;
    const came = xhr.responseURL ? new URL(xhr.responseURL).pathname : "";
    if (came && came !== new URL(pathInfo.finalRequestPath, location.href).pathname) {
      if (xhr.status < 400 && event.detail.requestConfig.verb === "get") { event.detail.shouldSwap = false; location.reload(); }
    }
    if (xhr.status >= 400 && (target.id === "drawer" || target.id === "dialog")) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  const say = (name) => one("#messages").replaceChildren(one(name).content.cloneNode(true));
  document.addEventListener("htmx:sendError", () => say("#lost"));
  document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status === 403 ? "#refused" : "#lost"));
})();
