// Starts the quiz page: what can be begun and how far one has come, or one quiz, as the address says.
import { onState, start, toast } from "./bridge.js";
import { el, find } from "./dom.js";
import { api } from "./quiz-api.js";
import { chooser } from "./quiz-choose.js";
import { progressShown, weakest } from "./quiz-progress.js";
import { dropKeys, keys, showQuestion } from "./quiz-question.js";
import { showSummary } from "./quiz-summary.js";
import { asked, quizAddress } from "./quiz-words.js";
import { startSources } from "./sources.js";
import { startStatus } from "./status.js";

const place = () => find("quiz");
let now = null; // the quiz whose question is shown and not yet answered

function title(text) {
  document.title = `${text} – SCM Assistant`;
}

function ready(name) {
  document.body.dataset.quiz = name;
}

function showQuiz(quiz) {
  dropKeys();
  title(quiz.title);
  if (quiz.asked) {
    now = quiz;
    showQuestion(place(), quiz, { show: showQuiz, left: showQuiz });
    ready("question");
  } else {
    now = null;
    showSummary(place(), quiz, open);
    ready("summary");
  }
}

/** Show a quiz that was begun or is gone on with, under its own address. */
function open(quiz) {
  history.pushState(null, "", quizAddress(quiz.id));
  showQuiz(quiz);
}

async function showHome(at) {
  now = null;
  dropKeys();
  const found = await api("GET", at.concept ? `?concept=${encodeURIComponent(at.concept)}` : "");
  title(found.concept ? `Quiz on ${found.concept}` : "Quiz");
  const again = () => showHome(at);
  const due = async () => open(await api("POST", "", { due: true }));
  place().replaceChildren(
    el("header", { class: "home-head" }, el("h1", { text: "Quiz" }), el("p", { class: "quiet", text: "Questions from the notes and, with numbers drawn anew, from the metrics. What you got wrong comes again soon, what you knew later." })),
    el("div", { class: "home" }, chooser(found, at, { open, stopped: again }, weakest(found.progress)), progressShown(found.progress, { due, again })));
  ready("home");
}

async function route() {
  const at = asked();
  try {
    if (at.id) showQuiz(await api("GET", `/${encodeURIComponent(at.id)}`));
    else await showHome(at);
  } catch (error) {
    title("Quiz");
    place().replaceChildren(el("section", { class: "lacking" }, el("h1", { text: "This cannot be shown" }), el("p", { text: error.message }), el("p", {}, el("a", { class: "button", href: "/quiz", text: "All quizzes" }))));
    ready("trouble");
  }
}

/** Where the quiz went on in another tab meanwhile, show where it stands. */
async function lookAgain() {
  if (document.visibilityState !== "visible" || !now || !keys?.submit) return;
  const before = now;
  const found = await api("GET", `/${before.id}`).catch(() => null);
  if (!found || now !== before || !keys?.submit) return;
  const same = found.asked?.number === before.asked.number && found.asked.awaits_grade === before.asked.awaits_grade;
  if (same) return;
  toast("This quiz went on in another tab.");
  showQuiz(found);
}

/** Keys that work wherever the focus is, but in a box of text, on a button or a link. */
function pressed(event) {
  if (!keys || event.ctrlKey || event.metaKey || event.altKey) {
    if (keys?.submit && event.ctrlKey && event.key === "Enter" && event.target.matches?.("textarea")) keys.submit();
    return;
  }
  if (event.repeat || document.querySelector("dialog[open]")) return;
  const on = event.target;
  if (on.closest?.('input[type="text"], textarea:not([readonly]), select, #source-panel')) return;
  const key = event.key.toLowerCase();
  if (key === "enter") {
    if (on.closest?.("button, a, summary")) return;
    event.preventDefault();
    (keys.submit ?? keys.next)?.();
  } else if (key === "h") keys.hint?.();
  else if (keys.choose?.(key)) event.preventDefault();
}

document.body.dataset.page = "quiz";
document.addEventListener("keydown", pressed);
document.addEventListener("visibilitychange", lookAgain);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('#quiz a[href="/quiz"], #quiz a[href^="/quiz?"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  find("middle").scrollTop = 0;
  route();
});
addEventListener("popstate", route);
startStatus();
startSources();
onState(() => (document.body.dataset.state = "idle"));
start();
route();
