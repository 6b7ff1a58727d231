// One question at a time: asked, helped with, answered by mouse or keyboard, marked; then the next one.
import { announce, button, el, newId } from "./dom.js";
import { api } from "./quiz-api.js";
import { inputFor } from "./quiz-inputs.js";
import { markShown } from "./quiz-mark.js";
import { during, note, tellTrouble, trouble } from "./quiz-parts.js";
import { KINDS, OUTCOMES } from "./quiz-words.js";

const NOT_KNOWN = "I don't know";

/** The keys of what is shown now: choose(key), submit(), hint(), next(); null where there is none. */
export let keys = null;
export const dropKeys = () => (keys = null);

/** Where a quiz stands: its title, one piece for each question, and a way to leave. */
export function head(quiz, number, leave) {
  const outcomes = new Map(quiz.results.map((one) => [one.number, one.outcome]));
  const pieces = Array.from({ length: quiz.of }, (_, place) =>
    el("span", { data: { outcome: outcomes.get(place + 1) ?? (place + 1 === number ? "now" : "open") } }));
  const said = [`Question ${number} of ${quiz.of}`, quiz.done ? `${quiz.right} right` : "", quiz.wrong ? `${quiz.wrong} not right` : "", quiz.skipped ? `${quiz.skipped} skipped` : ""];
  return el("header", { class: "quiz-head" },
    el("div", {}, el("h1", { text: quiz.title }), el("p", { class: "quiet", id: "quiz-counts", text: said.filter(Boolean).join(" · ") })),
    leave, el("div", { class: "pieces", "aria-hidden": "true" }, pieces));
}

/** Show the question that a quiz asks. `acts`: show(quiz) for what comes next, left(quiz) when it was stopped. */
export function showQuestion(place, quiz, acts) {
  const { asked } = quiz;
  const heading = newId("question");
  const input = inputFor(asked, heading);
  const told = trouble();
  const hints = el("ol", { class: "hints" });
  const after = el("div");
  const post = (act, body = {}) => api("POST", `/${quiz.id}/${act}`, { number: asked.number, ...body });

  const send = el("button", { type: "submit", class: "button primary", text: asked.kind === "recall" ? "Compare" : "Answer" });
  const hint = button("", askHint, { class: "button" });
  const skip = button("Skip", () => during(all, told, async () => acts.show(await post("skip"))));
  const reveal = button("Show the answer", () => answer(NOT_KNOWN), { hidden: quiz.hints_only });
  const stop = button("Stop", () => during([stop], told, async () => acts.left(await api("POST", `/${quiz.id}/stop`))), { title: "End this quiz and see how it went", class: "button stop" });
  const all = [send, hint, skip, reveal, stop];
  const row = el("p", { class: "buttons" }, send, hint, skip, reveal);
  const form = el("form", { class: "answering", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    if (input.value()) answer(input.value());
    else {
      tellTrouble(told, input.lacking);
      input.focus();
    }
  } }, input.element, hints, told, row);
  const top = el("div", {}, head(quiz, asked.number, stop));
  const question = note("div", asked.html, { class: "asked", id: heading, tabindex: "-1", role: "heading", "aria-level": "2" });

  function showHints(now) {
    hints.replaceChildren(...now.hints_html.map((one) => note("li", one)));
    hints.hidden = !now.hints_html.length;
    hint.hidden = !now.hints_left && !now.hints_html.length;
    hint.disabled = !now.hints_left;
    hint.textContent = now.hints_left ? `Hint (${now.hints_left} left)` : "No more hints";
  }

  async function askHint() {
    if (hint.disabled || hint.hidden) return;
    const now = await during(all, told, () => post("hint"));
    if (!now) return;
    if (now.asked?.number !== asked.number) {
      acts.show(now); // it went on in another tab
      return;
    }
    showHints(now.asked);
    announce(`Hint: ${hints.lastElementChild.textContent}`);
  }

  async function answer(text) {
    const found = await during(all, told, () => post("answer", { text }));
    if (!found) return input.focus();
    const { marked } = found;
    if (marked.outcome === "unread") {
      tellTrouble(told, marked.explanation);
      input.focus();
    } else if (marked.may_retry && found.quiz.asked?.number === asked.number) {
      const more = found.quiz.asked.hints_html.length > hints.childElementCount;
      input.clear();
      showHints(found.quiz.asked);
      tellTrouble(told, more ? "Not right yet. Read the new hint and try again." : "Not right yet, and there are no more hints. Try again, or skip it.");
      input.focus();
    } else settle(found);
    return null;
  }

  async function grade(knew, buttons) {
    const found = await during(buttons, told, () => post("grade", { knew }));
    if (found) settle(found);
  }

  /** The question is answered: say how, and offer what comes next. */
  function settle({ marked, quiz: now, late = false }) {
    const waits = Boolean(now.asked?.awaits_grade && now.asked.number === asked.number);
    input.shut(marked);
    row.hidden = true;
    tellTrouble(told);
    top.replaceChildren(head(now, asked.number, waits ? stop : ""));
    const next = button(now.asked ? "Next question" : "See how it went", () => acts.show(now), { kind: "primary" });
    const knew = button("I knew it", () => grade(true, grades), { kind: "primary" });
    const not = button("I did not", () => grade(false, grades));
    const grades = [knew, not];
    const ask = waits ? el("p", { class: "buttons" }, el("b", { text: "Did you know it?" }), grades) : el("p", { class: "buttons" }, next);
    after.replaceChildren(markShown(marked, asked, { waits, late }), told, ask);
    keys = waits ? { yes: () => grade(true, grades), no: () => grade(false, grades) } : { next: () => next.click() };
    after.querySelector("#verdict").focus({ preventScroll: true });
    ask.scrollIntoView({ block: "nearest" });
    after.querySelector("#verdict").scrollIntoView({ block: "nearest" });
    if (!waits) announce(`${OUTCOMES[marked.outcome]?.word ?? ""}.`);
  }

  keys = { choose: input.choose, submit: () => form.requestSubmit(), hint: askHint };
  showHints(asked);
  place.replaceChildren(el("article", { class: "question" }, top, el("div", { class: "card" },
    el("p", { class: "kind" }, el("b", { text: KINDS[asked.kind] }), asked.is_due ? el("span", { class: "chip", text: "Asked before, due again" }) : "", quiz.hints_only ? el("span", { class: "chip", text: "Hints only" }) : ""),
    question, form, after), keysTold(asked, quiz)));
  if (asked.awaits_grade && quiz.last?.number === asked.number) settle({ marked: quiz.last, quiz });
  else if (asked.options.length || matchMedia("(pointer: coarse)").matches) question.focus({ preventScroll: true });
  else input.focus();
  document.getElementById("middle").scrollTop = 0;
}

function keysTold(asked, quiz) {
  const parts = [asked.options.length ? `1–${asked.options.length} or A–${"ABCDEFGH"[asked.options.length - 1]} choose` : "", asked.kind === "recall" ? "Ctrl+Enter compares" : "Enter answers and goes on", asked.options.length ? "H gives a hint" : ""];
  return el("p", { class: "quiet keys", text: `${parts.filter(Boolean).join(", ")}.${quiz.hints_only ? " A wrong answer brings a hint." : ""}` });
}
