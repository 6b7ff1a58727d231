// Proposed actions: one for each red flag and each exposure over the limit, to be taken with an owner or dismissed.
import { toast } from "./bridge.js";
import { ask, button, el, field, newId } from "./dom.js";
import { openForm } from "./review-form.js";
import { originLink } from "./review-origin.js";
import { send, writable } from "./review-state.js";

/** Ask who does it and until when; both may stay open, and are then shown as open. */
async function take(one) {
  const made = await openForm({
    kind: "action",
    values: { text: one.text, measure: one.measure, status: "proposed" },
    only: ["text", "owner", "due", "measure", "cost"],
    title: "Take this action over",
    saveLabel: "Take over",
    intro: `${one.why} Owner and date may stay blank while nobody is named; the action then stays “proposed”.`,
    post: (typed) => send("POST", "/proposals", { origin: one.origin, fields: { ...typed, status: typed.owner && typed.due ? "agreed" : "proposed" } }),
  });
  if (made) toast(made.status === "agreed" ? "The action is on the board as agreed." : "The action is on the board; owner or date is still open.");
}

async function dismiss(one) {
  const why = el("textarea", { rows: 2, maxlength: 4000 });
  const answer = await ask("Dismiss this proposal?", [el("p", { text: one.text }), field("Why it is not done", why, "kept with the action, which stands under “dropped” and can be taken up again")],
    [{ label: "Cancel", value: "" }, { label: "Dismiss", value: "dismiss", kind: "danger" }]);
  if (answer === "dismiss") await decide({ origin: one.origin, fields: { note: why.value }, dismissed: true }, "Dismissed; it stands under “dropped”.");
}

async function decide(body, said) {
  try {
    await send("POST", "/proposals", body);
    toast(said);
  } catch (error) {
    toast(error.message);
  }
}

function card(one, off) {
  return el("li", { class: "card proposal" }, el("h4", {}, el("span", { class: "number", text: one.name }), " ", one.text), el("p", { class: "quiet", text: one.why }),
    one.measure ? el("p", {}, el("b", { text: "Would change: " }), one.measure) : "",
    el("div", { class: "toolbar" }, button("Take over", () => take(one), { disabled: off, "aria-label": `Take over: ${one.text}` }),
      button("Dismiss", () => dismiss(one), { disabled: off, "aria-label": `Dismiss: ${one.text}` }), originLink(one, "Where it comes from")));
}

/** The list of proposals, folded once there are actions. */
export function proposalsPart(isOpen) {
  const list = el("ul", { class: "cards" });
  const count = el("span", { class: "quiet" });
  const heading = el("h2", { id: newId("proposals"), text: "Proposed actions" });
  const element = el("details", { class: "tab-part", open: isOpen }, el("summary", {}, heading, count), list);
  let before = "";
  return {
    element,
    update(found, view) {
      const now = JSON.stringify([found, writable(view)]);
      if (now === before) return;
      before = now;
      count.textContent = found.length ? `${found.length}` : "none: every red flag and exposure has an action";
      list.replaceChildren(...found.map((one) => card(one, !writable(view))));
    },
  };
}
