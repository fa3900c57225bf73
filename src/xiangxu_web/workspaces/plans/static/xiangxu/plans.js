// Plans: the print button, the lit place of a document, the copy button. Every page works without it.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const field = document.getElementById(copy.dataset.copy);
      field.select();
      if (navigator.clipboard) navigator.clipboard.writeText(field.value);
      else document.execCommand("copy");
      copy.querySelector("span").textContent = copy.dataset.done;
    }
  });
  const lit = document.querySelector(".paper-page .at, .beside-document .at, .sheet .mark");
  // Beside a form the document alone moves: on a telephone the form stands above it and comes first.
  const beside = lit && lit.closest(".beside-document .draft-doc");
  if (beside) beside.scrollTop += lit.getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 3;
  else if (lit && !location.hash) lit.scrollIntoView({ block: "center" });
})();
