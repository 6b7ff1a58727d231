// The form of one answer: value, maturity, evidence, "we do not know", comment, and what became of it.
import { button, el, field, newId, tellWrong } from "./dom.js";
import { versions } from "./review-conflict.js";
import { decide, draftOf, keyOf, onSaving, oppose, save, stateOf, type } from "./review-saving.js";
import { nameOf, open, writable } from "./review-state.js";
import { valueBox } from "./review-values.js";
import { answerRows } from "./review-words.js";

const NOTHING = { value: null, maturity: null, evidence: "", comment: "", unknown: false };
const SAYS = {
  typing: () => "Not saved yet…",
  saving: () => "Saving…",
  away: ({ message }) => `Not saved yet. ${message}${message.includes("kept in this browser") ? "" : " What you typed is kept in this browser and sent again by itself."}`,
  conflict: () => "Not saved: somebody else changed this answer. Choose above which one stands.",
  wrong: () => "Not saved: correct what is marked.",
};

function maturityBox(question, changed) {
  const name = newId("maturity");
  const texts = [["", "Not judged"], ...question.anchors.map((anchor, place) => [String(place), anchor])];
  const boxes = texts.map(([value, text]) => {
    const box = el("input", { type: "radio", name, value, checked: value === "", onchange: () => changed(true) });
    return { box, row: el("label", { class: "choice anchor" }, box, el("span", {}, value ? el("b", { text: value }) : "", text)) };
  });
  return {
    element: el("fieldset", { class: "maturity" }, el("legend", { text: "How good is it? Choose what describes it best" }), boxes.map(({ row }) => row)),
    read() {
      const chosen = boxes.find(({ box }) => box.checked)?.box.value ?? "";
      return chosen === "" ? null : Number(chosen);
    },
    write(value) {
      for (const { box } of boxes) box.checked = box.value === (value === null || value === undefined ? "" : String(value));
    },
    disable(off) {
      for (const { box } of boxes) box.disabled = off;
    },
  };
}

/** Make the form for a question; `team`: the team's answer instead of one's own. */
export function answerForm(question, team) {
  const id = open.id;
  const key = keyOf(id, question.id, team);
  let standing = null; // the answer that the boxes stand on
  let filled = false;
  let held = false; // whether a conflict is shown
  let heard = null; // the last state of saving that was taken in

  const value = valueBox(question, changed);
  const maturity = question.anchors.length ? maturityBox(question, changed) : null;
  const evidence = el("textarea", { rows: 2, maxlength: 4000, dir: "auto", oninput: () => changed(), onchange: () => changed(true) });
  const comment = el("textarea", { rows: 2, maxlength: 4000, dir: "auto", oninput: () => changed(), onchange: () => changed(true) });
  const unknown = el("input", { type: "checkbox", onchange: () => {
    shade();
    changed(true);
  } });
  const state = el("p", { class: "saved", role: "status" });
  const wrong = el("p", { class: "field-error", id: newId("wrong") });
  const conflict = el("div", { class: "conflict", role: "alert", hidden: true });
  const back = button("Withdraw this answer", withdraw);
  const main = el("fieldset", { class: "main-value" }, el("legend", { text: team ? "The team’s answer" : "Your answer" }), value.element, wrong);
  const element = el("form", { class: "answer-form", onsubmit: (event) => {
    event.preventDefault();
    save(key, true);
  } },
    main,
    el("label", { class: "choice unknown" }, unknown, el("span", {}, "We do not know", el("small", { text: " – a gap that the report shows; it never counts as low risk" }))),
    maturity?.element,
    field("Evidence: where can this be seen?", evidence),
    el("details", { class: "comment-field" }, el("summary", { text: "Comment on this answer" }), field("Comment", comment)),
    conflict,
    el("div", { class: "save-row" }, state, back),
  );

  const read = () => (unknown.checked
    ? { ...NOTHING, unknown: true, evidence: evidence.value, comment: comment.value }
    : { value: value.read(), maturity: maturity?.read() ?? null, evidence: evidence.value, comment: comment.value, unknown: false });

  function shade() {
    const off = unknown.checked || !writable(open.view);
    value.disable(off);
    maturity?.disable(off);
    main.classList.toggle("shaded", unknown.checked);
  }

  function write(given) {
    unknown.checked = given.unknown;
    value.write(given.value);
    maturity?.write(given.maturity);
    evidence.value = given.evidence;
    comment.value = given.comment;
    if (given.comment) element.querySelector(".comment-field").open = true;
    shade();
  }

  function changed(committed = false) {
    if (!writable(open.view)) return;
    tellWrong(evidence);
    wrong.textContent = "";
    type(id, question.id, team, read(), standing?.version ?? 0);
    if (committed) save(key, committed);
  }

  async function withdraw() {
    const draft = draftOf(key);
    if (!standing && !draft) return;
    write(NOTHING);
    type(id, question.id, team, read(), standing?.version ?? 0);
    await save(key, true);
    value.focus();
  }

  function current(view) {
    const person = team ? "" : view.me.id;
    return view.review.answers.find((one) => one.question === question.id && one.person === person) ?? null;
  }

  function showConflict(found) {
    const theirs = found.current;
    const draft = draftOf(key);
    const rows = answerRows(question, draft?.given ?? read());
    const choose = (choice) => async () => {
      await decide(key, choice);
      filled = false;
      update(open.view);
      value.focus();
    };
    conflict.replaceChildren(el("p", {}, el("b", { text: "Somebody else changed this answer meanwhile. " }), found.message ?? ""),
      versions(rows, answerRows(question, theirs), theirs?.by ? `${theirs.by}, saved` : "Saved meanwhile"),
      el("p", { class: "toolbar" }, button("Take theirs", choose("theirs")), button("Keep mine on top", choose("mine"), { kind: "primary" })));
    conflict.hidden = false;
  }

  function tell() {
    const found = stateOf(key);
    if ("answer" in found && found !== heard) standing = found.answer;
    heard = found;
    const saved = found.kind === "saved" ? `${found.answer ? "Saved" : "Withdrawn"} ${found.at}` : "";
    const leftOut = found.kind === "saved" ? (found.answer?.left_out ?? []) : [];
    state.textContent = SAYS[found.kind]?.(found) ?? [saved, leftOut.length ? `Not kept: ${leftOut.join(" ")}` : ""].filter(Boolean).join(". ");
    state.dataset.kind = found.kind;
    wrong.textContent = found.kind === "wrong" ? (found.wrong?.map((one) => one.reason).join(" ") || found.message) : "";
    const conflicts = found.kind === "conflict";
    if (conflicts && !held) showConflict(found);
    if (!conflicts) conflict.hidden = true;
    held = conflicts;
    if (!found.kind && standing) state.textContent = "Saved";
    back.hidden = !writable(open.view) || !(standing || draftOf(key));
  }

  /** Take in what the server has now; what is being typed stays. */
  function update(view) {
    const now = current(view);
    const draft = draftOf(key);
    if (draft && now && now.version !== draft.version && (now.version > draft.version) && stateOf(key).kind !== "saving") {
      held = false;
      oppose(key, `${now.by || nameOf(view, now.person)} saved another answer.`, now);
    }
    if (draft) {
      if (!filled) write(draft.given);
    } else if (!filled || now?.version !== standing?.version) {
      write(now ?? NOTHING);
    }
    filled = true;
    standing = now;
    for (const box of [evidence, comment, unknown]) box.disabled = !writable(view);
    shade();
    tell();
  }

  const end = onSaving((changedKey) => changedKey === key && element.isConnected && tell());
  return {
    element,
    update,
    focus: () => value.focus(),
    commit: () => (draftOf(key) ? save(key, true) : Promise.resolve()),
    end,
  };
}
