"use strict";
// The page is whole without this: it only hides rows, and keeps what was asked in the address.
(() => {
  const form = document.querySelector("form");
  const state = document.querySelector(".state");
  const table = document.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const callers = [...table.querySelectorAll("thead .caller")].map((header) => header.dataset.caller);
  const fields = [...form.elements].filter((field) => field.name);

  const ask = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    show();
  };

  const show = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const column = callers.indexOf(form.who.value);
    const only = form.only.value;
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => row.dataset.q.includes(word))
        && (only === "" || row.dataset.only.split(" ").includes(only))
        && (column < 0 || !row.cells[column + 1].classList.contains("no"));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const cell of table.querySelectorAll(".chosen")) cell.classList.remove("chosen");
    if (column >= 0) {
      table.querySelectorAll("thead .caller")[column].classList.add("chosen");
      for (const row of [...rows, ...table.tFoot.rows]) row.cells[column + 1].classList.add("chosen");
    }
    const conditions = [
      words.length ? `with “${words.join(" ")}”` : "",
      column >= 0 ? `that ${form.who.selectedOptions[0].textContent} may reach` : "",
      only ? `of the kind “${form.only.selectedOptions[0].textContent}”` : "",
    ].filter(Boolean);
    state.textContent = conditions.length
      ? `Filtered: ${shown} of ${rows.length} rows, ${conditions.join(", ")}.`
      : `All ${rows.length} rows.`;
    for (const tile of document.querySelectorAll(".tiles a")) {
      const here = !words.length && column < 0 && tile.dataset.only === only;
      here ? tile.setAttribute("aria-current", "true") : tile.removeAttribute("aria-current");
    }
  };

  const keep = () => {
    const asked = new URLSearchParams();
    for (const field of fields) if (field.value) asked.set(field.name, field.value);
    history.replaceState(null, "", `#${asked}`);
    show();
  };

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(keep));
  addEventListener("hashchange", ask);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select")) {
      event.preventDefault();
      form.q.focus();
    } else if (event.key === "Escape" && event.target.closest("form")) {
      form.reset();
    }
  });
  form.hidden = false;
  ask();
})();
