// Beside the node table: the product lines that are sold, and the loss that the scope calls unacceptable.
import { button, el, figure, newId } from "./dom.js";
import { askConflict } from "./review-conflict.js";
import { openForm } from "./review-form.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, send, writable } from "./review-state.js";

/** The box of the loss limit; the scope has the other limits. */
export function limitBox() {
  let scope = null;
  let version = 0;
  const unit = el("span", { class: "quiet" });
  const wrong = el("p", { class: "field-error", role: "alert" });
  const box = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", id: newId("limit"), placeholder: "not set", onchange: save });
  const element = el("div", { class: "limit" }, el("label", { for: box.id, text: "Unacceptable loss in one event" }), box, unit, wrong);
  const shown = () => (scope?.loss_limit === null || scope?.loss_limit === undefined ? "" : figure(scope.loss_limit));

  async function save() {
    wrong.textContent = "";
    try {
      await send("PUT", "/loss-limit", { text: box.value.trim(), version });
    } catch (error) {
      wrong.textContent = `Not saved: ${error.wrong?.[0]?.reason ?? error.message}`;
      if (!error.conflict || !error.current) return;
      const theirs = error.current.scope.loss_limit;
      const choice = await askConflict({ message: error.message, mine: [["Loss limit", box.value.trim()]], theirs: [["Loss limit", theirs === null ? "" : figure(theirs)]] });
      if (!choice) return;
      version = error.current.version;
      wrong.textContent = "";
      if (choice === "mine") await save();
      else box.value = theirs === null ? "" : figure(theirs);
    }
  }

  return {
    element,
    update(view) {
      const clean = !scope || box.value.trim() === shown();
      unit.textContent = view.review.scope.currency;
      box.disabled = !writable(view);
      if (!clean && wrong.textContent) return; // typed and not saved: it stays, with the version that was seen
      scope = view.review.scope;
      version = view.review.version;
      if (document.activeElement !== box) box.value = shown();
    },
  };
}

/** The product lines, folded while there is none. */
export function linesPart() {
  const bar = undoBar();
  const list = el("div");
  const add = button("Add a product line", async () => {
    await openForm({ kind: "line", title: "New product line", saveLabel: "Add the line", intro: "With demand and margin of the lines, and with “used in” filled for the nodes, the network test finds the least loss by a linear program." });
  });
  const summary = el("summary", {}, el("h3", { text: "Product lines" }), el("span", { class: "quiet" }));
  const element = el("details", { class: "tab-part lines" }, summary, bar.element, list, el("p", { class: "toolbar" }, add));

  function row(line, currency, off) {
    const used = open.view.review.nodes.filter((node) => line.name in node.used_in || line.id in node.used_in).length;
    const cell = (value, unit = "") => el("td", {}, value === null ? el("span", { class: "unknown", text: "not known" }) : `${figure(value)}${unit}`);
    return el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "node-name", text: line.name, onclick: () => openForm({ kind: "line", item: line, title: line.name, removable: (seen) => removeItem("line", seen, line.name, bar) }) })),
      cell(line.demand_per_week), cell(line.margin_per_unit, currency ? ` ${currency}` : ""), cell(line.stock), el("td", { text: String(used) }),
      el("td", { class: "row-tools" }, button(`Remove ${line.name}`, () => removeItem("line", line, line.name, bar), { icon: "delete", disabled: off })));
  }

  return {
    element,
    update(view) {
      const { lines, scope } = view.review;
      add.disabled = !writable(view);
      summary.lastChild.textContent = lines.length ? `${lines.length}` : "none yet";
      list.replaceChildren(lines.length ? el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Product lines" }, el("table", { class: "plain-table" },
        el("thead", {}, el("tr", {}, ["Line", "Demand a week", "Margin a unit", "Stock", "Nodes used in it", ""].map((text) => el("th", { scope: "col", text })))),
        el("tbody", {}, lines.map((line) => row(line, scope.currency, !writable(view)))))) : el("p", { class: "quiet", text: "Lines are needed for the network test only." }));
    },
  };
}
