// How much of a document has got through: sixty photographs over a slow line take minutes. Without script the browser sends it as ever.
(() => {
  "use strict";
  const course = (form) => form.querySelector?.(".uploading");
  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    const shown = course(target);
    if (!shown || !detail.lengthComputable || !detail.total) return;
    shown.hidden = false;
    shown.querySelector("progress").value = detail.loaded / detail.total;
    shown.querySelector("b").textContent = `${Math.floor((100 * detail.loaded) / detail.total)}%`;
  });
  // Nothing got through: the files are still chosen, and may be sent again.
  document.addEventListener("htmx:sendError", ({ target: form }) => {
    if (!course(form)) return;
    course(form).hidden = true;
    form.dataset.once = "";
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
})();
