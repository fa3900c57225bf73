// The grid of a splitting: the sum as one types, and a block of cells pasted from Excel straight into the grid. The server knows both ways too.
(() => {
  "use strict";
  const form = document.querySelector("#split");
  if (!form) return;
  const number = (words) => { const plain = words.replace(/[,，\s]/g, ""); return plain === "" ? null : Number(plain); };
  const sum = document.querySelector("#sum"), told = document.querySelector("#difference");
  const show = (value) => String(Math.round(value * 10000) / 10000);

  function count() {
    const typed = [...form.querySelectorAll(".amount")]
      .filter((input) => !input.closest("tr").querySelector("[name=gone]").checked)
      .map((input) => number(input.value))
      .filter((value) => value !== null && !Number.isNaN(value));
    const all = typed.reduce((one, other) => one + other, 0);
    sum.textContent = typed.length ? show(all) : "—";
    const total = number(document.querySelector("#total").value);
    const over = total === null || Number.isNaN(total) || !typed.length ? null : Math.round((all - total) * 10000) / 10000;
    told.textContent = over === null ? "" : over === 0 ? told.dataset.same : `${over > 0 ? told.dataset.over : told.dataset.short} ${show(Math.abs(over))}`;
    told.classList.toggle("over", Boolean(over));
  }
  form.addEventListener("input", count);

  // A block of cells goes into the grid from the cell that has the focus, to the right and down.
  form.addEventListener("paste", (event) => {
    const at = event.target.closest(".split-grid input.r");
    const text = event.clipboardData.getData("text");
    if (!at || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const rows = [...form.querySelectorAll(".split-grid tbody tr")];
    const cells = (row) => [...row.querySelectorAll("input.r")];
    const top = rows.indexOf(at.closest("tr")), left = cells(rows[top]).indexOf(at);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, n) => {
      const row = rows[top + n];
      if (row) line.split("\t").forEach((typed, m) => { const cell = cells(row)[left + m]; if (cell) cell.value = typed.trim(); });
    });
    count();
  });
  count();
})();
