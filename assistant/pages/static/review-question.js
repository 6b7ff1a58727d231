// One question: why it is asked, what counts as evidence, its form, and what the others answered.
import { toast } from "./bridge.js";
import { button, el } from "./dom.js";
import { answerForm } from "./review-answer.js";
import { asked, note } from "./review-address.js";
import { answersShown, commentsBox } from "./review-beside.js";
import { changeOwn, removeOwn } from "./review-own.js";
import { draftOf, keyOf, onSaving } from "./review-saving.js";
import { open, send, writable } from "./review-state.js";
import { stateMark } from "./review-words.js";

const termLink = (title) => el("a", { href: `#source-${encodeURIComponent(title)}`, text: title });

function about(step, question) {
  return el("div", { class: "about-question" },
    question.why ? el("p", {}, el("b", { text: "Why we ask: " }), question.why) : "",
    question.evidence ? el("p", {}, el("b", { text: "What counts as evidence: " }), question.evidence) : "",
    question.terms.length ? el("p", { class: "terms" }, el("b", { text: "Terms: " }), question.terms.flatMap((title, place) => [place ? ", " : "", termLink(title)])) : "",
    question.basis ? el("p", { class: "quiet small", text: `After: ${question.basis}` }) : "");
}

/** Show a question in a place; `go(id)` shows another one. Gives {update, commit, end}. */
export function showQuestion(place, view, step, question, go) {
  let form = null;
  let team = asked().who === "team";
  const mark = el("span", { class: "question-state" });
  const flag = el("div", { class: "flag", hidden: true });
  const formPlace = el("div");
  const beside = el("div", { class: "beside" });
  const comments = commentsBox(question.id, `question ${question.id}`);
  const mine = button("My answer", () => choose(false));
  const teams = button("Team’s answer", () => choose(true));
  const order = () => open.view.asked;
  const around = (by) => order()[order().indexOf(question.id) + by];
  const back = button("Back", () => leave(around(-1) ?? "scope"));
  const skip = button("Skip for now", () => leave(around(1), question.id));
  const next = button("Next", () => leave(around(1)), { kind: "primary" });

  function leave(to, skipped = "") {
    form.commit();
    if (!to) {
      toast("This was the last question. The report shows what is still open.");
      return;
    }
    if (to !== "scope" && writable(open.view)) send("PUT", "/me/position", { question: to, skipped }).catch(() => null); // only a bookmark
    go(to);
  }

  function choose(wanted) {
    if (wanted === team) return;
    form.commit();
    team = wanted;
    note({ ...asked(), who: team ? "team" : "" }, true);
    build();
    form.update(open.view);
  }

  function build() {
    form?.end();
    form = answerForm(question, team);
    formPlace.replaceChildren(form.element);
    mine.setAttribute("aria-pressed", String(!team));
    teams.setAttribute("aria-pressed", String(team));
  }

  /** Say on the two buttons which answer is not saved yet. */
  function tellUnsaved() {
    mine.textContent = `My answer${draftOf(keyOf(view.review.id, question.id, false)) ? " (not saved)" : ""}`;
    teams.textContent = `Team’s answer${draftOf(keyOf(view.review.id, question.id, true)) ? " (not saved)" : ""}`;
  }

  function raised(now) {
    const found = now.flags.filter((one) => one.question === question.id);
    flag.hidden = !found.length;
    flag.replaceChildren(...found.map((one) => el("p", {}, el("b", { text: "Red flag: " }), one.text, one.why ? el("span", { class: "quiet", text: ` (${one.why})` }) : "")));
  }

  function update(now) {
    mark.replaceChildren(stateMark(now.states[question.id]));
    raised(now);
    beside.replaceChildren(...answersShown(now, question));
    comments.update(now);
    for (const one of [skip, ...own]) one.hidden = !writable(now);
    next.textContent = around(1) ? "Next" : "Finish";
    form.update(now);
    tellUnsaved();
  }

  const endTelling = onSaving(tellUnsaved);
  build();
  const heading = el("h2", { id: "question-text", tabindex: "-1", text: question.ask });
  const own = question.own ? [button("Change this question", () => changeOwn(question)), button("Remove this question", () => removeOwn(question, () => go(around(1) ?? around(-1))))] : [];
  place.classList.toggle("wide", question.kind === "table");
  place.replaceChildren(el("article", { class: "question", "aria-labelledby": "question-text" },
    el("p", { class: "crumb" }, el("b", { text: question.id }), ` ${question.own ? "your own question" : `Step ${step.number}: ${step.name}`} `, mark),
    heading, about(step, question), flag,
    el("div", { class: "who", role: "group", "aria-label": "Whose answer" }, mine, teams),
    formPlace, el("p", { class: "toolbar walk" }, back, skip, next, ...own)),
  el("aside", { class: "question-aside", "aria-label": "Answers and comments" }, beside, comments.element));
  update(view);
  return { update, commit: () => form.commit(), heading, end() {
    form.end();
    endTelling();
  } };
}
