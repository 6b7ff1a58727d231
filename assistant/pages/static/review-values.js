// The boxes in which an answer's value is given, by the kind of its question.
import { el, newId } from "./dom.js";
import { tableEditor } from "./review-table.js";

const LONGEST = 4000;

function choices(question, kind, changed) {
  const name = newId("choice");
  const boxes = question.options.map((option) => {
    const box = el("input", { type: kind, name, value: option, onchange: () => changed(true) });
    return { box, row: el("label", { class: "choice" }, box, el("span", { text: option })) };
  });
  const group = el("div", { class: "choices", role: kind === "radio" ? "radiogroup" : "group", "aria-label": "Answer" }, boxes.map(({ row }) => row));
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  return {
    element: group,
    focus: () => boxes[0]?.box.focus(),
    read: () => (kind === "radio" ? (chosen()[0] ?? null) : chosen().length ? chosen() : null),
    write(value) {
      for (const { box } of boxes) box.checked = Array.isArray(value) ? value.includes(box.value) : value === box.value;
    },
    disable(off) {
      for (const { box } of boxes) box.disabled = off;
    },
  };
}

function number(question, changed) {
  const box = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 60, id: newId("value"), "aria-label": question.unit ? `Answer in ${question.unit}` : "Answer", oninput: () => changed(), onchange: () => changed(true) });
  return {
    element: el("div", { class: "number" }, box, el("span", { class: "unit", text: question.unit })),
    focus: () => box.focus(),
    read() {
      const text = box.value.trim();
      const plain = /^[+-]?\d+(\.\d+)?$/.test(text);
      return text === "" ? null : plain ? Number(text) : text; // what is typed otherwise is read, or refused, by the server
    },
    write: (value) => (box.value = value === null || value === undefined ? "" : String(value)),
    disable: (off) => (box.disabled = off),
  };
}

function text(changed) {
  const box = el("textarea", { rows: 4, maxlength: LONGEST, id: newId("value"), "aria-label": "Answer", dir: "auto", oninput: () => changed(), onchange: () => changed(true) });
  return {
    element: box,
    focus: () => box.focus(),
    read: () => (box.value.trim() ? box.value : null),
    write: (value) => (box.value = value === null || value === undefined ? "" : String(value)),
    disable: (off) => (box.disabled = off),
  };
}

/** Make the box for a question: {element, focus, read, write, disable}; `changed(true)` when a field is left. */
export function valueBox(question, changed) {
  if (question.kind === "choice") return choices(question, "radio", changed);
  if (question.kind === "choices") return choices(question, "checkbox", changed);
  if (question.kind === "number") return number(question, changed);
  if (question.kind === "table") return tableEditor(question.columns, changed);
  return text(changed);
}
