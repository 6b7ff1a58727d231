// The start of the quiz page: a quiz to go on with, what is due, and a form to begin another one.
import { button, el, newId, plural } from "./dom.js";
import { api } from "./quiz-api.js";
import { KINDS } from "./quiz-words.js";
import { during, trouble } from "./quiz-parts.js";

const COUNTS = [5, 10, 20];
const GROUPS = [["area", "Areas"], ["path", "Learning paths"]];

function goOnCard(current, { open, stopped }) {
  const told = trouble();
  const goOn = button(`Go on with ${current.title}`, () => open(current), { kind: "primary" });
  const leave = button("Leave it", () => during([goOn, leave], told, async () => {
    await api("POST", `/${current.id}/stop`);
    stopped();
  }));
  const right = current.done ? `, ${current.right} of ${current.done} right so far` : "";
  return el("section", { class: "card go-on", "aria-label": "A quiz you left" },
    el("h2", { text: `${current.title}, question ${current.asked.number} of ${current.asked.of}` }),
    el("p", { class: "quiet", text: `You left this quiz${right}. It goes on where you were.` }),
    told, el("p", { class: "buttons" }, goOn, leave));
}

/** A choice of one of a few, as radio buttons in a row. */
function oneOf(legend, name, choices, chosen) {
  return el("fieldset", { class: "row-of-radios" }, el("legend", { text: legend }),
    choices.map(({ value, label }) => el("label", {}, el("input", { type: "radio", name, value, checked: value === chosen }), el("span", { text: label }))));
}

function topicBox(topics, wanted) {
  const option = (topic) => el("option", { value: `${topic.kind}:${topic.id}`, text: topic.kind === "due" ? `${topic.name} (${topic.questions})` : topic.name, selected: topic.id === wanted, disabled: topic.kind === "due" && !topic.questions });
  const box = el("select", { id: "quiz-topic" }, topics.filter((one) => !["area", "path"].includes(one.kind)).map(option));
  for (const [kind, label] of GROUPS) {
    const found = topics.filter((one) => one.kind === kind);
    if (found.length) box.append(el("optgroup", { label }, found.map(option)));
  }
  return box;
}

function about(topics, box) {
  const [kind, id] = box.value.split(":");
  const topic = topics.find((one) => one.kind === kind && one.id === id);
  if (!topic) return "";
  if (kind === "due") return `${plural(topic.questions, "question")} to repeat, so that they are not forgotten.`;
  return `${plural(topic.questions, "question")} on ${plural(topic.concepts, "concept")}.`;
}

function chosenTopic(box) {
  const [kind, ...id] = box.value.split(":");
  if (kind === "due") return { due: true };
  return kind === "everything" ? {} : { area: id.join(":") };
}

/** Which topic the address names: an area or path, what is due, or everything. */
function wantedTopic(topics, at) {
  const due = topics.find((one) => one.kind === "due");
  if (at.due && due?.questions) return due.id;
  const named = at.area || at.path;
  return (topics.find((one) => one.id === named) ?? topics.find((one) => one.kind === "everything"))?.id;
}

function beginForm({ topics: known, concept, progress }, at, open) {
  const topics = known.map((one) => (one.kind === "due" ? { ...one, questions: progress.due_now } : one)); // what is due differs by person
  const told = trouble();
  const box = topicBox(topics, wantedTopic(topics, at));
  const hint = el("p", { class: "field-hint", id: newId("hint"), text: about(topics, box) });
  box.setAttribute("aria-describedby", hint.id);
  box.addEventListener("change", () => (hint.textContent = about(topics, box)));
  const topic = concept
    ? el("p", { class: "on-concept" }, "On ", el("b", { text: concept }), ". ", el("a", { href: "/quiz", text: "Choose another topic" }))
    : el("div", { class: "field" }, el("label", { for: box.id, text: "Topic" }), box, hint);
  const counts = oneOf("Questions", "count", COUNTS.map((value) => ({ value: String(value), label: String(value) })), concept ? "5" : "10");
  const kinds = Object.entries(KINDS).map(([kind, name]) =>
    el("label", { class: "tick" }, el("input", { type: "checkbox", name: "kinds", value: kind, checked: true }), el("span", { text: name })));
  const hintsOnly = el("input", { type: "checkbox", name: "hints_only", id: newId("hints"), "aria-describedby": "hints-only-about" });
  const submit = el("button", { type: "submit", class: "button primary", text: "Begin" });
  const form = el("form", { class: "card begin", "aria-label": "Begin a quiz" },
    el("h2", { text: concept ? `Quiz on ${concept}` : "Begin a quiz" }), topic, counts,
    el("details", {}, el("summary", { text: "Kinds of question" }), el("fieldset", { class: "ticks" }, el("legend", { class: "hidden-text", text: "Kinds of question" }), kinds)),
    el("label", { class: "tick", for: hintsOnly.id }, hintsOnly, el("span", { text: "Hints only" })),
    el("p", { class: "field-hint", id: "hints-only-about", text: "A wrong answer brings a hint and another try; the answer is never shown." }),
    told, el("p", { class: "buttons" }, submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const picked = data.getAll("kinds");
    await during([submit], told, async () => {
      if (!picked.length) throw new Error("Tick at least one kind of question.");
      open(await api("POST", "", {
        ...(concept ? { concept } : chosenTopic(box)),
        count: Number(data.get("count")),
        kinds: picked.length === kinds.length ? [] : picked,
        hints_only: hintsOnly.checked,
      }));
    });
  });
  return form;
}

/** What can be begun or gone on with, above `more`. `open` shows a quiz; `stopped` shows this anew. */
export function chooser(found, at, acts, more) {
  const gone = at.concept && !found.concept ? el("p", { class: "lacking", text: `There is no note called “${at.concept}”. Choose a topic instead.` }) : "";
  return el("div", { class: "choose" }, found.current?.asked ? goOnCard(found.current, acts) : "", gone, beginForm(found, at, acts.open), more);
}
