// Questions of a team's own: written in a dialog, added behind the question that is shown.
import { toast } from "./bridge.js";
import { ask, el, field, tellWrong } from "./review-dom.js";
import { open, send } from "./review-state.js";

const KINDS = [["text", "Text"], ["choice", "One choice"], ["choices", "Several choices"], ["number", "Number with unit"], ["table", "Table"]];
const COLUMN_KINDS = ["text", "number", "share", "weeks", "money", "yes or no", "date"];
const TITLE = "Add a question of your own";

const lines = (box) => box.value.split("\n").map((line) => line.trim()).filter(Boolean);

function columnsIn(box) {
  return lines(box).map((line) => {
    const [name, kind = "text"] = line.split(":").map((part) => part.trim());
    return { name, kind: kind.toLowerCase() };
  });
}

function conditionBox(view) {
  const earlier = view.review.checklist.steps.flatMap((step) => step.questions);
  const box = el("select", {}, el("option", { value: "", text: "Always" }),
    earlier.map((one) => el("option", { value: one.id, text: `After ${one.id} ${one.short || one.ask.slice(0, 50)}` })));
  const word = el("input", { type: "text", maxlength: 300, autocomplete: "off" });
  const least = el("input", { type: "text", maxlength: 20, inputmode: "decimal", autocomplete: "off" });
  const most = el("input", { type: "text", maxlength: 20, inputmode: "decimal", autocomplete: "off" });
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

/** Ask for a question and add it behind `after`; `show(id)` shows it then. */
export async function addOwn(after, show) {
  const { view } = open;
  const steps = view.review.checklist.steps;
  const here = steps.find((step) => step.questions.some((one) => one.id === after));
  const text = el("textarea", { rows: 3, maxlength: 1000, required: true, dir: "auto" });
  const short = el("input", { type: "text", maxlength: 60, autocomplete: "off", dir: "auto" });
  const kind = el("select", {}, KINDS.map(([value, label]) => el("option", { value, text: label })));
  const options = el("textarea", { rows: 3, maxlength: 4000 });
  const unit = el("input", { type: "text", maxlength: 30, autocomplete: "off" });
  const columns = el("textarea", { rows: 3, maxlength: 4000 });
  const why = el("textarea", { rows: 2, maxlength: 1000, dir: "auto" });
  const evidence = el("textarea", { rows: 2, maxlength: 1000, dir: "auto" });
  const anchors = el("textarea", { rows: 4, maxlength: 2000 });
  const step = el("select", {}, steps.map((one) => el("option", { value: one.number, text: `${one.number} ${one.name}`, selected: one === here })));
  const condition = conditionBox(view);
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
  const said = el("p", { class: "field-error", role: "alert" });
  const parts = [said, field("Question", text), field("In two to five words", short), field("Answer", kind), ...Object.values(byKind), field("Step", step),
    el("details", {}, el("summary", { text: "Why, evidence, maturity, condition" }), field("Why it is asked", why), field("What counts as evidence", evidence),
      field("What maturity 0, 1, 2 and 3 mean, one a line", anchors, "Four lines, or none"), ...condition.parts)];
  const body = () => ({
    question: {
      ask: text.value.trim(), short: short.value.trim(), kind: kind.value, why: why.value.trim(), evidence: evidence.value.trim(), anchors: lines(anchors),
      options: kind.value.startsWith("choice") ? lines(options) : [], unit: kind.value === "number" ? unit.value.trim() : "", columns: kind.value === "table" ? columnsIn(columns) : [],
      only_if: condition.read(),
    },
    step: Number(step.value),
    after: steps.find((one) => one.number === Number(step.value)).questions.some((one) => one.id === after) ? after : "",
    version: open.view.review.version,
  });
  let choice = await ask(TITLE, parts, CHOICES);
  while (choice === "add") {
    try {
      const { id } = await send("POST", "/questions", body());
      show(id);
      return;
    } catch (error) {
      said.textContent = error.conflict ? `${error.message} Press Add once more to add your question to what is there now.` : error.message;
      tellWrong(text, text.value.trim() ? "" : "Write the question.");
      choice = await ask(TITLE, parts, CHOICES);
    }
  }
}

const CHOICES = [{ label: "Cancel", value: "" }, { label: "Add", value: "add", kind: "primary" }];

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
