// Where an answer is given: options as radio buttons, a number with its unit, or words of one's own.
import { el, newId } from "./dom.js";
import { note } from "./quiz-parts.js";

const LETTERS = "ABCDEFGH";
const LONGEST = 4000;

/** Options to choose from. All inputs have: element, value(), focus(), clear(), shut(marked), choose(key). */
function options(asked, heading) {
  const name = newId("option");
  const rows = asked.options.map((one, place) => {
    const box = el("input", { type: "radio", name, value: one.value });
    const sign = el("span", { class: "sign" });
    const label = el("label", { class: "option" }, box, el("span", { class: "letter", "aria-hidden": "true", text: LETTERS[place] }), note("span", one.html, { class: "words" }), sign);
    return { box, sign, label, value: one.value };
  });
  const chosen = () => rows.find((one) => one.box.checked);
  const say = (row, kind, sign, words) => {
    row.label.dataset.mark = kind;
    row.sign.replaceChildren(el("span", { "aria-hidden": "true", text: sign }), ` ${words}`);
  };
  return {
    element: el("fieldset", { class: "options", "aria-labelledby": heading }, rows.map((one) => one.label)),
    value: () => chosen()?.value ?? "",
    lacking: "Choose one of the answers first.",
    focus: () => (chosen() ?? rows.find((one) => !one.box.disabled))?.box.focus({ preventScroll: true }),
    choose(key) {
      const named = asked.kind === "true_false" ? rows.findIndex((one) => one.value[0].toLowerCase() === key) : -1;
      const place = named >= 0 ? named : /^[1-9]$/.test(key) ? Number(key) - 1 : LETTERS.toLowerCase().indexOf(key);
      const row = rows[place];
      if (!row || row.box.disabled) return false;
      row.box.checked = true;
      row.box.focus({ preventScroll: true });
      return true;
    },
    /** After a wrong answer that may be tried again. */
    clear() {
      const row = chosen();
      if (!row) return;
      say(row, "wrong", "✗", "tried");
      row.box.checked = false;
      row.box.disabled = true;
    },
    shut(marked) {
      for (const row of rows) {
        row.box.checked = row.value === marked.given;
        row.box.disabled = true;
        if (row.value === marked.right_answer) say(row, "right", "✓", row.box.checked ? "your answer, right" : "the right answer");
        else if (row.box.checked) say(row, "wrong", "✗", "your answer");
      }
    },
  };
}

/** A box to type in; `box` is an input or textarea. */
function typed(box, label, after = "") {
  box.id = newId("answer");
  return {
    element: el("div", { class: "typed" }, el("label", { for: box.id, text: label }), el("span", { class: "with-unit" }, box, after ? el("span", { class: "unit", text: after }) : "")),
    value: () => box.value.trim(),
    focus: () => box.focus({ preventScroll: true }),
    choose: () => false,
    clear: () => box.select(),
    shut(marked) {
      if (marked.given) box.value = marked.given;
      box.readOnly = true;
    },
  };
}

function number(asked) {
  const box = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 60, enterkeyhint: "done" });
  return { ...typed(box, asked.unit ? `Your answer, in ${asked.unit}` : "Your answer", asked.unit), lacking: "Type a number first." };
}

function words() {
  const box = el("textarea", { rows: 4, maxlength: LONGEST, dir: "auto" });
  return { ...typed(box, "Your answer"), lacking: "Write a few words first, or let the answer be shown." };
}

/** The input that fits a question; `heading` is the id of the question's text. */
export function inputFor(asked, heading) {
  if (asked.options.length) return options(asked, heading);
  return asked.kind === "number" ? number(asked) : words();
}
