// The end of a quiz: how it went, what to read again, and what to do next.
import { button, el, plural } from "./dom.js";
import { api } from "./quiz-api.js";
import { during, trouble } from "./quiz-parts.js";
import { KINDS, learnAddress, OUTCOMES } from "./quiz-words.js";

const missed = (one) => one.outcome === "wrong" || one.outcome === "revealed";

function readAgain(quiz) {
  const found = new Map(quiz.results.filter(missed).map((one) => [one.slug, one.concept]));
  if (!found.size) return "";
  return el("section", { class: "card" }, el("h2", { text: "Read again" }),
    el("ul", { class: "read-again" }, [...found].map(([slug, concept]) => el("li", {}, el("a", { href: learnAddress(slug), text: concept })))));
}

function results(quiz) {
  if (!quiz.results.length) return "";
  return el("section", { class: "card" }, el("h2", { text: "Question by question" }), el("ol", { class: "results" },
    quiz.results.map((one) => el("li", { data: { outcome: one.outcome } },
      el("span", { class: "sign", "aria-hidden": "true", text: OUTCOMES[one.outcome]?.sign ?? "" }),
      el("a", { href: learnAddress(one.slug), text: one.concept }),
      el("small", { class: "quiet", text: `${KINDS[one.kind]}: ${(OUTCOMES[one.outcome]?.word ?? "").toLowerCase()}` })))));
}

/** Show how a finished quiz went; `open` shows another one. */
export function showSummary(place, quiz, open) {
  const told = trouble();
  const begin = (wish) => during([...row.querySelectorAll("button")], told, async () => open(await api("POST", "", wish)));
  const marked = quiz.results.filter((one) => one.outcome !== "skipped").length;
  const again = quiz.results.filter((one) => one.outcome !== "right");
  const row = el("p", { class: "buttons" },
    again.length ? button(again.length === 1 ? "Again that one" : `Again the ${again.length} not right`, () => begin({ again: quiz.id, hints_only: quiz.hints_only }), { kind: "primary" }) : "",
    quiz.due ? "" : button("Another one like this", () => begin({ area: quiz.area, concept: quiz.concept, count: Math.max(1, quiz.of), hints_only: quiz.hints_only }), { kind: again.length ? "" : "primary" }),
    el("a", { class: "button", href: "/quiz", text: "All quizzes" }));
  const missing = quiz.of - quiz.results.length;
  const about = [quiz.skipped ? plural(quiz.skipped, "question") + " skipped" : "", missing > 0 ? `${plural(missing, "question")} not asked, as you stopped` : ""].filter(Boolean);
  place.replaceChildren(el("article", { class: "summary" },
    el("header", {}, el("p", { class: "quiet", text: quiz.title }),
      el("h1", { id: "summary-title", tabindex: "-1", text: marked ? `${quiz.right} of ${marked} right` : "Nothing was answered" }),
      about.length ? el("p", { class: "quiet", text: `${about.join("; ")}.` }) : "",
      marked && quiz.right === marked && !about.length ? el("p", { text: "All of it. These questions come again later, so that they stay." }) : ""),
    told, row, readAgain(quiz), results(quiz)));
  place.querySelector("#summary-title").focus({ preventScroll: true });
  document.getElementById("middle").scrollTop = 0;
}
