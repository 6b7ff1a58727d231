// The steps of the checklist: how far each is, and one question at a time.
import { button, el, find, plural } from "./dom.js";
import { address, asked, note } from "./review-address.js";
import { addOwn } from "./review-own.js";
import { showQuestion } from "./review-question.js";
import { showScope } from "./review-scope.js";
import { nameOf, open, writable } from "./review-state.js";
import { stateMark } from "./review-words.js";

let shown = null; // {id, update, commit, end}
let outline = null;
let place = null;

function progressText(step) {
  const parts = [`${step.answered} of ${step.asked} answered`];
  if (step.with_evidence) parts.push(`${step.with_evidence} with evidence`);
  if (step.unknown) parts.push(`${step.unknown} not known`);
  if (step.disputed) parts.push(`${step.disputed} disputed`);
  return parts.join(", ");
}

/** A bar of parts: filled, hatched, dotted and empty, so that it reads without colour. */
function meter(step) {
  const parts = [["with", step.with_evidence], ["without", step.answered - step.with_evidence], ["unknown", step.unknown], ["open", step.open]];
  return el("span", { class: "meter", "aria-hidden": "true" }, parts.filter(([, count]) => count > 0).map(([kind, count]) => el("i", { class: kind, style: `flex-grow:${count}` })));
}

function questionLink(view, question) {
  const others = view.review.answers.some((one) => one.question === question.id);
  const skipped = view.me.skipped.includes(question.id) && view.states[question.id] === "open";
  const flagged = view.flags.some((one) => one.question === question.id);
  const remarks = [skipped ? "skipped" : "", view.disputed.includes(question.id) ? "disputed" : "", flagged ? "red flag" : ""].filter(Boolean);
  return el("li", { data: { others } }, el("a", { href: address({ id: view.review.id, tab: "steps", q: question.id }), data: { q: question.id }, "aria-current": shown?.id === question.id ? "true" : false },
    stateMark(view.states[question.id], false), el("span", { class: "which" }, el("b", { text: question.id }), ` ${question.short || question.ask}`),
    remarks.length ? el("small", { text: remarks.join(", ") }) : ""));
}

function stepPart(view, step, progress, current) {
  const questions = step.questions.filter((question) => view.asked.includes(question.id));
  const here = questions.some((question) => question.id === current);
  return el("details", { class: "step", open: here || find(`step-${step.number}`)?.open, id: `step-${step.number}` },
    el("summary", {}, el("span", { class: "step-name" }, el("b", { text: `${step.number} ` }), step.name), meter(progress), el("small", { text: progressText(progress) })),
    el("p", { class: "quiet small" }, step.purpose, step.note ? [" ", el("a", { href: `#source-${encodeURIComponent(step.note)}`, text: "Read on" })] : ""),
    el("ol", {}, questions.map((question) => questionLink(view, question))));
}

function drawOutline(view) {
  const focused = outline.contains(document.activeElement) ? document.activeElement : null;
  const href = focused?.getAttribute("href");
  const step = focused?.closest("summary") ? focused.parentElement.id : "";
  const whole = view.progress;
  const people = [...new Set(view.review.participants.filter((one) => one.position && one.position === shown?.id && one.id !== view.me.id).map((one) => nameOf(view, one.id)))];
  outline.replaceChildren(
    el("p", { class: "whole" }, el("b", { text: progressText(whole) }), meter(whole), el("small", { class: "quiet", text: `${plural(whole.open, "question")} open${people.length ? `; ${people.join(", ")} at this question too` : ""}` })),
    el("a", { class: "scope-link", href: address({ id: view.review.id, tab: "steps", q: "scope" }), data: { q: "scope" }, "aria-current": shown?.id === "scope" ? "true" : false, text: "Scope and limits" }),
    ...view.review.checklist.steps.map((one, at) => stepPart(view, one, view.steps[at], shown?.id)),
    writable(view) ? el("p", {}, button("Add a question of your own", () => addOwn(shown?.id ?? "", show), { icon: "plus", title: "Add a question of your own" })) : "");
  if (href) outline.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus();
  else if (step) find(step)?.querySelector("summary").focus();
}

function firstOpen(view) {
  const mine = view.me.position;
  if (view.asked.includes(mine)) return mine;
  return view.asked.find((one) => view.states[one] === "open") ?? view.asked[0] ?? "scope";
}

function wanted(view) {
  const { q } = asked();
  return q === "scope" || view.asked.includes(q) ? q : firstOpen(view);
}

const questionIn = (view, id) => view.review.checklist.steps.flatMap((step) => step.questions).find((one) => one.id === id);

/** Show a question or the scope; the address follows. */
function show(id, focus = true) {
  const view = open.view;
  shown?.commit();
  shown?.end();
  note({ ...asked(), id: view.review.id, tab: "steps", q: id, who: focus ? "" : asked().who }, !focus);
  const question = questionIn(view, id);
  const step = view.review.checklist.steps.find((one) => one.questions.includes(question));
  shown = { id, as: question ? JSON.stringify(question) : "", update() {}, commit() {}, end() {} };
  Object.assign(shown, question ? showQuestion(place, view, step, question, show) : showScope(place, view, () => show(firstOpen(open.view))));
  drawOutline(view);
  find("steps-outline").open = !matchMedia("(max-width: 860px)").matches;
  if (focus) {
    find("middle").scrollTop = 0;
    shown.heading?.focus({ preventScroll: true });
  }
}

export const stepsTab = {
  id: "steps",
  label: "Steps",
  show(tabPlace, view) {
    outline = el("div", { class: "outline-body" });
    place = el("div", { class: "question-place" });
    const wide = !matchMedia("(max-width: 860px)").matches;
    tabPlace.replaceChildren(el("div", { class: "steps" },
      el("details", { id: "steps-outline", open: wide }, el("summary", { text: "All steps and questions" }), el("nav", { "aria-label": "Steps" }, outline)), place));
    outline.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-q]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      show(link.dataset.q);
    });
    shown = null;
    show(wanted(view), false);
  },
  update(view) {
    if (!shown) return;
    const now = questionIn(view, shown.id);
    const gone = shown.id !== "scope" && !now;
    if (gone || (now && JSON.stringify(now) !== shown.as)) {
      show(gone ? wanted(view) : shown.id, false);
      return;
    }
    shown.update(view);
    drawOutline(view);
  },
  hide() {
    shown?.commit();
    shown?.end();
    shown = null;
  },
};
