// A small table to fill in: rows are added and removed, and a block from a spreadsheet is pasted into its cells.
import { announce, button, el } from "./dom.js";

const MOST_ROWS = 200;
const HINTS = { share: "%", weeks: "weeks", number: "", money: "", date: "yyyy-mm-dd" };

function shown(kind, value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (kind === "share" && typeof value === "number") return `${Number((value * 100).toPrecision(12))} %`;
  return String(value);
}

export function tableEditor(columns, changed) {
  let off = false;
  const body = el("tbody");
  const add = button("Add a row", () => {
    append({});
    body.lastElementChild.querySelector("input, select").focus();
  }, { icon: "plus", title: "Add a row" });

  function cell(column, row) {
    const label = `${column.name}, row ${body.children.length + 1}`;
    if (column.kind === "yes or no") {
      const box = el("select", { "aria-label": label, disabled: off, onchange: () => changed(true) },
        ["", "yes", "no"].map((one) => el("option", { value: one, text: one || "–" })));
      box.value = shown(column.kind, row[column.name]);
      return box;
    }
    const box = el("input", { type: "text", maxlength: 300, autocomplete: "off", disabled: off, "aria-label": label, dir: "auto", placeholder: HINTS[column.kind] ?? "", oninput: () => changed(), onchange: () => changed(true) });
    box.value = shown(column.kind, row[column.name]);
    return box;
  }

  function append(row) {
    if (body.children.length >= MOST_ROWS) {
      announce(`No more than ${MOST_ROWS} rows are taken.`);
      return;
    }
    const line = el("tr", {}, columns.map((column) => el("td", {}, cell(column, row))));
    line.append(el("td", { class: "row-tools" }, button("Remove this row", () => {
      const next = line.nextElementSibling ?? line.previousElementSibling;
      line.remove();
      if (!body.children.length) append({});
      renumber();
      (next ?? body.firstElementChild).querySelector("input, select").focus();
      changed(true);
    }, { icon: "close", disabled: off })));
    body.append(line);
  }

  function renumber() {
    [...body.children].forEach((line, place) => line.querySelectorAll("input, select").forEach((box, at) =>
      box.setAttribute("aria-label", `${columns[at].name}, row ${place + 1}`)));
  }

  /** Put a block that was copied in a spreadsheet into the cells from the one that has the focus on. */
  function pasted(event) {
    const block = event.clipboardData?.getData("text/plain") ?? "";
    const from = event.target.closest("td");
    if (!from || !/[\t\n]/.test(block.trim())) return;
    event.preventDefault();
    const left = from.cellIndex;
    const top = from.parentElement.sectionRowIndex;
    block.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").forEach((line, down) => {
      while (body.children.length <= top + down && body.children.length < MOST_ROWS) append({});
      line.split("\t").forEach((value, right) => {
        const box = body.children[top + down]?.cells[left + right]?.querySelector("input, select");
        if (box) box.value = box.tagName === "SELECT" ? value.trim().toLowerCase() : value.trim();
      });
    });
    changed(true);
  }

  const table = el("table", { onpaste: pasted }, el("thead", {}, el("tr", {},
    columns.map((column) => el("th", { scope: "col" }, column.name, HINTS[column.kind] ? el("small", { text: ` (${HINTS[column.kind]})` }) : "")), el("th", {}, el("span", { class: "hidden-text", text: "Remove" })))), body);
  append({});
  return {
    element: el("div", { class: "table-editor" }, el("div", { class: "table-box", role: "region", tabindex: "0", "aria-label": "Rows of the answer" }, table), el("p", { class: "toolbar" }, add, el("span", { class: "quiet", text: "Or paste cells from a spreadsheet." }))),
    focus: () => body.querySelector("input, select").focus(),
    read() {
      const rows = [...body.children].map((line) => Object.fromEntries(columns.map((column, at) => [column.name, line.cells[at].firstElementChild.value.trim()])));
      const filled = rows.filter((row) => Object.values(row).some((value) => value !== ""));
      return filled.length ? filled : null;
    },
    write(value) {
      body.replaceChildren();
      for (const row of Array.isArray(value) ? value : []) append(row);
      if (!body.children.length) append({});
    },
    disable(now) {
      off = now;
      for (const box of [...body.querySelectorAll("input, select, button"), add]) box.disabled = now;
    },
  };
}
