// How answers and their states are put into words.
import { el, figure } from "./dom.js";

export const STATES = {
  "with evidence": "answered with evidence",
  "without evidence": "answered without evidence",
  unknown: "not known",
  open: "open",
};

/** The state of a question as a shape with its words, which may be for the screen reader alone. */
export function stateMark(state, words = true) {
  return el("span", { class: "state", data: { state } }, el("i", { "aria-hidden": "true" }),
    el("span", { class: words ? "" : "hidden-text", text: STATES[state] ?? STATES.open }));
}

export const MATURITY = ["none", "partial", "mostly", "full"];

/** What a maturity means for a question, in words: "2, mostly: …". */
export function maturityText(question, maturity) {
  if (maturity === null || maturity === undefined) return "";
  const anchor = question?.anchors?.[maturity];
  return anchor ? `${maturity} of 3: ${anchor}` : `${maturity} of 3`;
}

function cellText(column, value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (column?.kind === "share" && typeof value === "number") return `${figure(value * 100)} %`;
  return typeof value === "number" ? figure(value) : String(value);
}

/** The value of an answer as one text, for a comparison or a line of history. */
export function valueText(question, value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return `${figure(value)}${question?.unit ? ` ${question.unit}` : ""}`;
  if (!Array.isArray(value)) return String(value);
  if (!value.length) return "";
  if (typeof value[0] === "string") return value.join("; ");
  const columns = question?.columns?.length ? question.columns : Object.keys(value[0]).map((name) => ({ name }));
  return value.map((row) => columns.map((column) => `${column.name}: ${cellText(column, row[column.name]) || "–"}`).join(", ")).join("\n");
}

/** The value of an answer as an element: rows as a table, all else as text. */
export function valueShown(question, value) {
  const rows = Array.isArray(value) && value.length && typeof value[0] === "object" ? value : null;
  if (!rows) return el("p", { class: "value", text: valueText(question, value), dir: "auto" });
  const columns = question?.columns?.length ? question.columns : Object.keys(rows[0]).map((name) => ({ name }));
  return el("div", { class: "table-box", role: "region", tabindex: "0", "aria-label": "Rows of the answer" }, el("table", {},
    el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", text: column.name })))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((column) => el("td", { text: cellText(column, row[column.name]) })))))));
}

/** An answer as rows [name, text], as the comparison of two versions shows it. */
export function answerRows(question, given) {
  if (!given) return [["Answer", "withdrawn"]];
  const rows = [["Answer", given.unknown ? "We do not know" : valueText(question, given.value)]];
  if (question.anchors.length) rows.push(["Maturity", maturityText(question, given.maturity)]);
  return [...rows, ["Evidence", given.evidence ?? ""], ["Comment", given.comment ?? ""]];
}
