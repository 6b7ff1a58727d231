// The scope of a review: what it covers, and which loss would be unacceptable.
import { toast } from "./bridge.js";
import { button, el, field, tellWrong, timeNow } from "./dom.js";
import { askConflict } from "./review-conflict.js";
import { send, writable } from "./review-state.js";

const FIELDS = [
  ["product_lines", "Product lines", "text", "What the review covers; for example “centrifugal pumps, spare parts”"],
  ["sites", "Sites", "text", ""],
  ["period", "Period", "line", "For example 2027"],
  ["currency", "Currency", "line", "All amounts of the review are in it, for example EUR"],
  ["weekly_margin", "Margin a week", "number", "Of all that the review covers"],
  ["loss_limit", "Unacceptable loss in one event", "number", "Margin lost; exposures above it become proposals for action"],
  ["stockout_limit_days", "Longest time without delivery, in days", "number", ""],
  ["concentration_limit", "Highest concentration of a critical category", "number", "HHI in points, 0 to 10,000"],
  ["country_limit", "Highest share of one country in a critical category", "share", "In percent"],
  ["other_limits", "Other limits", "text", "Safety, law, reputation"],
];

/** A value as it stands in its box; what is typed and not read yet stays as it is. */
const shownText = (kind, value) => (value === null || value === undefined ? "" : kind === "share" && typeof value === "number" ? String(Number((value * 100).toPrecision(12))) : String(value));

/** Show the scope in a place; `next()` goes on to the questions. */
export function showScope(place, view, next) {
  let version = view.review.version;
  let base = view.review.scope;
  const boxes = new Map(FIELDS.map(([name, , kind]) => [name, kind === "text"
    ? el("textarea", { rows: 2, maxlength: 4000, dir: "auto" })
    : el("input", { type: "text", maxlength: 300, autocomplete: "off", dir: "auto", inputmode: kind === "line" ? "text" : "decimal" })]));
  const state = el("p", { class: "saved", role: "status" });
  const heading = el("h2", { tabindex: "-1", text: "Scope and limits" });
  const submit = el("button", { type: "submit", class: "button primary", text: "Save" });
  const form = el("form", { class: "answer-form", oninput: () => (state.textContent = dirty() ? "Not saved yet: press Save." : ""), onsubmit: (event) => {
    event.preventDefault();
    save();
  } }, FIELDS.map(([name, label, , hint]) => field(label, boxes.get(name), hint)), el("div", { class: "save-row" }, state, el("span", { class: "toolbar" }, submit, button("To the questions", next))));

  const texts = (scope) => FIELDS.map(([name, label, kind]) => [label, shownText(kind, scope[name])]);
  const dirty = () => FIELDS.some(([name, , kind]) => boxes.get(name).value !== shownText(kind, base[name]));

  function fill(scope) {
    base = scope;
    for (const [name, , kind] of FIELDS) boxes.get(name).value = shownText(kind, scope[name]);
  }

  /** What is typed; the server reads the numbers. */
  function read() {
    for (const box of boxes.values()) tellWrong(box);
    return Object.fromEntries(FIELDS.map(([name]) => [name, boxes.get(name).value.trim()]));
  }

  async function save() {
    const scope = read();
    state.textContent = "Saving…";
    try {
      const kept = await send("PUT", "/scope", { scope, version });
      version = kept.version;
      fill(kept.scope);
      state.textContent = `Saved ${timeNow()}`;
    } catch (error) {
      state.textContent = error.wrong?.length ? "Not saved: correct what is marked." : `Not saved: ${error.message}`;
      if (error.conflict) await decide(scope, error);
      for (const one of error.wrong ?? []) {
        const box = boxes.get(one.field.split(".").pop());
        if (box) tellWrong(box, one.reason);
      }
      boxes.get(error.wrong?.[0]?.field)?.focus();
    }
  }

  async function decide(scope, error) {
    const choice = await askConflict({ message: error.message, mine: texts(scope), theirs: texts(error.current.scope) });
    if (!choice) return;
    version = error.current.version;
    if (choice === "theirs") {
      fill(error.current.scope);
      state.textContent = "Theirs was taken.";
      toast("Their version stands.");
    } else {
      await save();
    }
  }

  function update(now) {
    for (const box of [...boxes.values(), submit]) box.disabled = !writable(now);
    if (dirty()) return; // the version stays the one that was seen, so that a conflict is told when it is saved
    version = now.review.version;
    if (JSON.stringify(now.review.scope) !== JSON.stringify(base)) fill(now.review.scope);
  }

  fill(view.review.scope);
  place.classList.remove("wide");
  place.replaceChildren(el("article", { class: "question scope" }, el("p", { class: "crumb", text: "Before the questions" }), heading,
    el("p", { class: "quiet", text: "Limits come first: without them every risk ends up in the middle." }), form));
  update(view);
  return { update, commit() {}, end() {}, heading };
}
