// Beside a question: what the team agreed on and what everybody answered, and the comments on it.
import { toast } from "./bridge.js";
import { announce, button, el, field, moment, plural, tellWrong } from "./dom.js";
import { askConflict } from "./review-conflict.js";
import { nameOf, open, send, writable } from "./review-state.js";
import { answerRows, maturityText, stateMark, valueShown } from "./review-words.js";

const given = ({ value, maturity, evidence, comment, unknown }) => ({ value, maturity, evidence, comment, unknown });

async function agree(question, answer) {
  const team = () => open.view.review.answers.find((one) => one.question === question.id && one.person === "");
  const put = (version) => send("PUT", `/answers/${question.id}`, { given: given(answer), version, team: true });
  try {
    await put(team()?.version ?? 0);
  } catch (error) {
    if (!error.conflict) {
      toast(error.message);
      return;
    }
    const choice = await askConflict({ message: error.message, mine: answerRows(question, answer), theirs: answerRows(question, error.current), theirName: "The team’s answer now" });
    if (choice !== "mine") return;
    await put(error.current?.version ?? 0).catch((second) => toast(second.message));
  }
  toast("This is the team’s answer now.");
}

function said(view, question, answer) {
  const team = answer.person === "";
  const state = answer.unknown ? "unknown" : answer.evidence.trim() ? "with evidence" : "without evidence";
  const parts = [
    el("h4", {}, nameOf(view, answer.person), stateMark(state)),
    answer.unknown ? el("p", { class: "value", text: "We do not know" }) : valueShown(question, answer.value),
    answer.maturity === null ? "" : el("p", { class: "quiet", text: `Maturity ${maturityText(question, answer.maturity)}` }),
    answer.evidence ? el("p", { class: "evidence", dir: "auto" }, el("b", { text: "Evidence: " }), answer.evidence) : "",
    answer.comment ? el("p", { class: "evidence", dir: "auto" }, el("b", { text: "Comment: " }), answer.comment) : "",
    el("p", { class: "quiet small", text: `${team && answer.by ? `${answer.by}, ` : ""}${moment(answer.at)}` }),
  ];
  if (!team && writable(view)) parts.push(el("p", { class: "toolbar" }, button("Agree on this one", () => agree(question, answer), { title: "Copy this answer to the team’s" })));
  return el("li", { class: "card said", data: { person: answer.person || "team" } }, parts);
}

/** The answers of all to a question, the team's first. */
export function answersShown(view, question) {
  const found = view.review.answers.filter((one) => one.question === question.id).sort((one, other) => (one.person !== "") - (other.person !== ""));
  const disputed = view.disputed.includes(question.id);
  const team = found.some((one) => one.person === "");
  const parts = [el("h3", { text: "Answers of the team" })];
  if (disputed) parts.push(el("p", { class: "differ" }, el("b", { text: "The answers differ. " }), "Until the team agrees on one, the most cautious counts."));
  else if (team) parts.push(el("p", { class: "quiet", text: "The team agreed on an answer; it counts." }));
  if (!found.length) parts.push(el("p", { class: "quiet", text: "Nobody has answered yet." }));
  return [...parts, el("ul", { class: "answers" }, found.map((one) => said(view, question, one)))];
}

/** How many comments there are on something, in words; "" for none. */
export function commentCount(view, about) {
  const found = view.review.comments.filter((one) => one.about === about).length;
  return found ? plural(found, "comment") : "";
}

/**
 * The comments on something, with a box for another one; the box is made once and kept while others write. It is no
 * form of its own, so that it can stand in one. `typed()`: whether something is typed and not sent.
 */
export function commentsBox(about, what, level = "h3") {
  const list = el("ul", { class: "comments" });
  const box = el("textarea", { rows: 2, maxlength: 4000, dir: "auto", onkeydown: (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
  } });
  const writing = el("div", {}, field(`Comment on ${what}`, box), el("p", { class: "toolbar" }, button("Add the comment", add)));

  async function add() {
    try {
      await send("POST", "/comments", { about, text: box.value });
      box.value = "";
      tellWrong(box);
      announce("The comment is added.");
    } catch (error) {
      tellWrong(box, error.message);
      box.focus();
    }
  }

  function update(view) {
    const found = view.review.comments.filter((one) => one.about === about);
    list.replaceChildren(...found.map((one) => el("li", {}, el("p", { class: "quiet small" }, el("b", { text: one.by || "Somebody", dir: "auto" }), ` ${moment(one.at)}`), el("p", { class: "remark", text: one.text, dir: "auto" }))));
    list.hidden = !found.length;
    writing.hidden = !writable(view);
  }
  return { element: el("section", { class: "comments-box" }, el(level, { text: "Comments" }), list, writing), update, typed: () => box.value.trim() !== "" };
}
