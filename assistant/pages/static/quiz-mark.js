// What stands below a question once it was answered: right or not, why, from where, and when it comes again.
import { el } from "./dom.js";
import { note } from "./quiz-parts.js";
import { comesAgain, OUTCOMES } from "./quiz-words.js";

function sources(marked) {
  if (!marked.sources.length) return "";
  return el("div", { class: "sources" }, el("span", { class: "sources-label", text: "Sources" }),
    el("ul", {}, marked.sources.map((one) => el("li", {}, el("a", { class: "source", href: one.href }, el("b", { text: one.number }), el("span", { text: one.title }), el("i", { text: one.section }))))));
}

function verdict(marked, asked, waits) {
  if (waits) return "Compare with the answer from the notes";
  const { sign, word } = OUTCOMES[marked.outcome] ?? OUTCOMES.revealed;
  const words = asked.kind === "recall" ? { right: "You knew it", wrong: "To be learned" }[marked.outcome] ?? word : word;
  return [el("span", { class: "sign", "aria-hidden": "true", text: sign }), words];
}

/** `waits`: the person is still to say whether they knew; `late`: it was answered in another tab before. */
export function markShown(marked, asked, { waits = false, late = false } = {}) {
  const inPlace = asked.options.some((one) => one.value === marked.right_answer);
  const explained = asked.kind === "recall" && marked.explanation_html; // which begins with the answer
  const tell = marked.right_answer && !inPlace && !explained;
  return el("section", { class: "mark", data: { outcome: waits ? "waits" : marked.outcome }, "aria-label": "Result" },
    el("h3", { id: "verdict", tabindex: "-1" }, verdict(marked, asked, waits)),
    late ? el("p", { class: "quiet", text: "This question had already been answered, maybe in another tab. The first answer counts." }) : "",
    tell ? el("div", { class: "right-answer" }, el("b", { text: "Right answer: " }), note("span", marked.right_html)) : "",
    marked.explanation_html ? note("div", marked.explanation_html, { class: "explanation" }) : "",
    marked.steps_html.length ? el("details", { class: "steps", open: marked.outcome !== "right" }, el("summary", { text: "Step by step" }), el("ol", {}, marked.steps_html.map((step) => note("li", step)))) : "",
    sources(marked),
    marked.next_due ? el("p", { class: "quiet again" }, `Comes again ${comesAgain(marked.next_due)}.`) : "");
}
