// Sends a report from where the net is bad (form data-send: the page that follows). Photographs are made as small as the server keeps
// them anyway; where nothing gets through, the page stays as it is, photographs and all. Without script the browser sends it as ever.
(() => {
  "use strict";
  const LONGEST = 2560, SMALL = 500000, PATIENCE = 120000;

  async function smaller(file) {
    if (file.type !== "image/jpeg" || file.size <= SMALL) return file;
    try {
      const picture = await createImageBitmap(file), scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return made && made.size < file.size ? new File([made], file.name, { type: "image/jpeg" }) : file;
    } catch { return file; }
  }

  async function sent(form) {
    const body = new FormData(form);
    for (const name of new Set([...form.querySelectorAll("input[type=file]")].map((field) => field.name))) {
      const files = body.getAll(name);
      body.delete(name);
      for (const file of files) body.append(name, await smaller(file), file.name);
    }
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) throw new Error(answer.status);
    return answer;
  }

  // Refused: the form as the server gives it back, with the files that were chosen.
  async function again(form, answer) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-send]");
    if (!fresh) { form.submit(); return; }
    for (const field of form.querySelectorAll("input[type=file]")) {
      const place = fresh.querySelector(`input[type=file][name="${field.name}"]`);
      if (place) place.files = field.files;
    }
    // The form of a task's page comes back on a page of its own, with no address but that page's.
    fresh.setAttribute("action", form.action);
    form.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } }));
    const wrong = fresh.querySelector("[data-focus]");
    if (wrong) { wrong.scrollIntoView({ block: "center" }); wrong.focus(); }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    // A second tap while the first is on its way is stopped already (site.js).
    if (!("send" in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    const unsent = form.querySelector(".unsent");
    unsent.hidden = true;
    try {
      const answer = await sent(form);
      if (answer.type === "opaqueredirect") location.assign(form.dataset.send);
      else await again(form, answer);
    } catch {
      form.dataset.once = "";
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
      unsent.hidden = false;
      unsent.scrollIntoView({ block: "nearest" });
    }
  });
})();
