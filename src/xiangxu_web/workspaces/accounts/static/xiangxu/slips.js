// Slips: one box chooses a whole unit; the button prints.
document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-all]");
  if (!box) return;
  for (const each of box.closest("[data-group]").querySelectorAll("input[name=person]")) each.checked = box.checked;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
