// Questions of a team's own: written in a dialog, added behind the question that is shown, changed and removed.
import { toast } from "./bridge.js";
import { ask, el, field, tellWrong } from "./dom.js";
import { open, send } from "./review-state.js";

const KINDS = [["text", "Text"], ["choice", "One choice"], ["choices", "Several choices"], ["number", "Number with unit"], ["table", "Table"]];
const COLUMN_KINDS = ["text", "number", "share", "weeks", "money", "yes or no", "date"];

const lines = (box) => box.value.split("\n").map((line) => line.trim()).filter(Boolean);

function columnsIn(box) {
  return lines(box).map((line) => {
    const [name, kind = "text"] = line.split(":").map((part) => part.trim());
    return { name, kind: kind.toLowerCase() };
  });
}

function conditionBox(view, before = null) {
  const all = view.review.checklist.steps.flatMap((step) => step.questions.map((one) => ({ ...one, step: step.number })));
  const at = before ? all.findIndex((one) => one.id === before.id) : all.length;
  const earlier = all.slice(0, at);
  const now = before?.only_if ?? {};
  const box = el("select", {}, el("option", { value: "", text: "Always" }),
    earlier.map((one) => el("option", { value: one.id, text: `After ${one.id} ${one.short || one.ask.slice(0, 50)}`, selected: one.id === now.question, data: { step: one.step } })));
  const word = el("input", { type: "text", maxlength: 300, autocomplete: "off", value: now.equals ?? now.includes ?? "" });
  const limitBox = (value) => el("input", { type: "text", maxlength: 20, inputmode: "decimal", autocomplete: "off", value: value ?? "" });
  const least = limitBox(now.at_least);
  const most = limitBox(now.at_most);
  const words = field("…and the answer holds this choice or word", word);
  const numbers = el("div", { class: "pair" }, field("…and is at least", least), field("…and is at most", most));
  const chosen = () => earlier.find((one) => one.id === box.value);
  const shade = () => {
    words.hidden = !chosen() || chosen().kind === "number";
    numbers.hidden = chosen()?.kind !== "number";
  };
  box.addEventListener("change", shade);
  shade();
  const limit = (from) => (from.value.trim() === "" ? undefined : Number(from.value.trim().replace(",", ".")));
  return {
    parts: [field("When is it asked?", box), words, numbers],
    /** Offer only questions that stand in a step or before it: an answer that comes later cannot be waited for. */
    upTo(step) {
      for (const option of box.options) option.hidden = option.disabled = Number(option.dataset.step ?? 0) > step;
      if (box.selectedOptions[0]?.disabled) box.value = "";
      shade();
    },
    read() {
      const question = chosen();
      if (!question) return undefined;
      if (question.kind === "number") return { question: question.id, at_least: limit(least), at_most: limit(most) };
      const text = word.value.trim();
      if (!text) return { question: question.id };
      return question.kind === "choice" ? { question: question.id, equals: text } : { question: question.id, includes: text };
    },
  };
}

const columnLine = ({ name, kind }) => (kind === "text" ? name : `${name}: ${kind}`);

/** The fields of a question, blank or as `before` has them: {text, parts, read()}; its kind stays once there is one. */
function questionFields(view, before = null) {
  const box = (rows, longest, value = "") => el("textarea", { rows, maxlength: longest, dir: "auto", value });
  const text = box(3, 1000, before?.ask);
  text.required = true;
  const short = el("input", { type: "text", maxlength: 60, autocomplete: "off", dir: "auto", value: before?.short ?? "" });
  const kind = el("select", { disabled: Boolean(before) }, KINDS.map(([value, label]) => el("option", { value, text: label, selected: value === before?.kind })));
  const options = box(3, 4000, before?.options.join("\n"));
  const unit = el("input", { type: "text", maxlength: 30, autocomplete: "off", value: before?.unit ?? "" });
  const columns = box(3, 4000, before?.columns.map(columnLine).join("\n"));
  const why = box(2, 1000, before?.why);
  const evidence = box(2, 1000, before?.evidence);
  const anchors = box(4, 2000, before?.anchors.join("\n"));
  const condition = conditionBox(view, before);
  const byKind = {
    options: field("Choices, one a line", options),
    unit: field("Unit", unit, "For example weeks, % or pieces"),
    columns: field("Columns, one a line", columns, `A name, or a name and a kind, as in “Share: share”. Kinds: ${COLUMN_KINDS.join(", ")}`),
  };
  const shade = () => {
    byKind.options.hidden = !kind.value.startsWith("choice");
    byKind.unit.hidden = kind.value !== "number";
    byKind.columns.hidden = kind.value !== "table";
  };
  kind.addEventListener("change", shade);
  shade();
  return {
    text,
    first: [field("Question", text), field("In two to five words", short),
      field("Answer", kind, before ? "Of another kind it would be another question: add that one, and remove this." : ""), ...Object.values(byKind)],
    rest: el("details", { open: Boolean(before && (before.why || before.evidence || before.only_if)) }, el("summary", { text: "Why, evidence, maturity, condition" }), field("Why it is asked", why), field("What counts as evidence", evidence),
      field("What maturity 0, 1, 2 and 3 mean, one a line", anchors, "Four lines, or none"), ...condition.parts),
    read: () => ({
      ask: text.value.trim(), short: short.value.trim(), kind: kind.value, why: why.value.trim(), evidence: evidence.value.trim(), anchors: lines(anchors),
      options: kind.value.startsWith("choice") ? lines(options) : [], unit: kind.value === "number" ? unit.value.trim() : "", columns: kind.value === "table" ? columnsIn(columns) : [],
      only_if: condition.read(),
    }),
    upTo: condition.upTo,
  };
}

/** Show a dialog until what was typed into it is taken or it is left; gives whether it was taken. */
async function until(title, parts, label, text, keep) {
  const said = el("p", { class: "field-error", role: "alert" });
  const choices = [{ label: "Cancel", value: "" }, { label, value: "keep", kind: "primary" }];
  while (await ask(title, [said, ...parts], choices) === "keep") {
    try {
      await keep();
      return true;
    } catch (error) {
      said.textContent = error.conflict ? `${error.message} Press ${label} once more to put yours on top of what is there now.` : error.message;
      tellWrong(text, text.value.trim() ? "" : "Write the question.");
    }
  }
  return false;
}

/** Ask for a question and add it behind `after`; `show(id)` shows it then. */
export async function addOwn(after, show) {
  const { view } = open;
  const steps = view.review.checklist.steps;
  const here = steps.find((step) => step.questions.some((one) => one.id === after));
  const fields = questionFields(view);
  const step = el("select", {}, steps.map((one) => el("option", { value: one.number, text: `${one.number} ${one.name}`, selected: one === here })));
  const offer = () => fields.upTo(Number(step.value));
  step.addEventListener("change", offer);
  offer();
  await until("Add a question of your own", [...fields.first, field("Step", step), fields.rest], "Add", fields.text, async () => {
    const chosen = Number(step.value);
    const inside = steps.find((one) => one.number === chosen).questions.some((one) => one.id === after);
    const { id } = await send("POST", "/questions", { question: fields.read(), step: chosen, after: inside ? after : "", version: open.view.review.version });
    show(id);
  });
}

/** Change a question of the team's own; its answers stay, so what they rest on cannot be taken away. */
export async function changeOwn(question) {
  const fields = questionFields(open.view, question);
  const changed = await until("Change this question", [...fields.first, fields.rest], "Change", fields.text,
    () => send("PUT", `/questions/${question.id}`, { question: fields.read(), version: open.view.review.version }));
  if (changed) toast("The question is changed, for all who take part.");
}

/** Remove a question of the team's own after asking; `done()` when it is gone. */
export async function removeOwn(question, done) {
  const text = `“${question.short || question.ask}” is no longer asked. Answers to it are kept in the history.`;
  if (await ask("Remove this question?", [el("p", { text })], [{ label: "Keep it", value: "", autofocus: true }, { label: "Remove", value: "remove", kind: "danger" }]) !== "remove") return;
  try {
    await send("DELETE", `/questions/${question.id}?version=${open.view.review.version}`);
    done();
  } catch (error) {
    toast(error.message);
  }
}
