// The tab of the register: risks with their level and its reason, the heat map, and proposed actions.
import { button, el, newId } from "./dom.js";
import { asked, note } from "./review-address.js";
import { commentCount } from "./review-beside.js";
import { openForm } from "./review-form.js";
import { clearPictures, picture } from "./review-pictures.js";
import { proposalsPart } from "./review-proposals.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, reader, writable } from "./review-state.js";

let place = null;
let parts = null;
let found = null;
let drawn = "";
let after = false;

const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const day = (iso) => dates.format(new Date(`${iso}T12:00:00`));

export const levelMark = (level, words = "") => el("span", { class: "level", data: { level: level ?? "none" } }, el("i", { "aria-hidden": "true" }), `${words}${level ?? "not rated"}`);

function treatmentText(risk) {
  if (!risk.treatment) return "not chosen yet";
  if (risk.treatment !== "accept") return risk.treatment;
  return `accepted by ${risk.approver || "nobody named"}, to be looked at again ${risk.review_date ? `on ${day(risk.review_date)}` : "on no date yet"}`;
}

const openRisk = (risk) => openForm({ kind: "risk", item: risk, title: risk.title, removable: (seen) => removeItem("risk", seen, seen.title, parts.undo),
  intro: "Choose the words that fit; the numbers only name them. An accepted risk needs the name of who accepted it and a date to look again." });

function card(risk, number, names, view) {
  const readOnly = !writable(view);
  const rating = found.ratings[risk.id];
  const facts = [["Cause", risk.cause], ["Event", risk.event], ["Effect", risk.effect], ["Controls", risk.controls], ["Nodes", risk.nodes.map((id) => names.get(id) ?? "a removed node").join(", ")],
    ["Treatment", treatmentText(risk)], ["Owner", risk.owner || "no owner yet"], ["After treatment", rating.after_why ? [levelMark(rating.after), ` ${rating.after_why}`] : "not judged yet"]].filter(([, text]) => text);
  return el("li", { class: "card risk", id: `risk-${risk.id}` },
    el("div", { class: "risk-head" }, el("span", { class: "number", text: number }), el("h3", {}, el("button", { type: "button", class: "node-name", text: risk.title, onclick: () => openRisk(risk) })), levelMark(rating.level)),
    el("p", { class: "why", text: rating.why }), rating.numbers ? el("p", { class: "quiet", text: rating.numbers }) : "",
    el("dl", { class: "facts" }, facts.map(([name, text]) => el("div", {}, el("dt", { text: name }), el("dd", {}, text)))),
    rating.lacking.length ? el("ul", { class: "lacking" }, rating.lacking.map((text) => el("li", { text }))) : "",
    commentCount(view, risk.id) ? el("p", { class: "quiet", text: commentCount(view, risk.id) }) : "",
    el("div", { class: "toolbar" }, button(readOnly ? "Look at it" : "Edit", () => openRisk(risk), { "aria-label": `${readOnly ? "Look at" : "Edit"} ${risk.title}` }),
      button(`Remove ${risk.title}`, () => removeItem("risk", risk, risk.title, parts.undo), { icon: "delete", disabled: readOnly })));
}

function draw(view) {
  parts.add.disabled = !writable(view);
  if (!found) return;
  const risks = new Map(view.review.risks.map((risk) => [risk.id, risk]));
  const names = new Map(view.review.nodes.map((node) => [node.id, node.name]));
  const ordered = found.order.map((id) => risks.get(id)).filter((risk) => risk && found.ratings[risk.id]);
  const focused = parts.list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent : "";
  parts.list.replaceChildren(...ordered.map((risk) => card(risk, found.numbers[risk.id], names, view)));
  if (focused) [...parts.list.querySelectorAll("button")].find((one) => (one.getAttribute("aria-label") ?? one.textContent) === focused)?.focus();
  parts.none.hidden = view.review.risks.length > 0;
  parts.heatBox.hidden = !view.review.risks.length;
  parts.proposals.update(found.proposals, view);
  const now = JSON.stringify([after, found.pictures[after ? 1 : 0]]);
  if (now === drawn || !view.review.risks.length) return;
  drawn = now;
  clearPictures(parts.heat);
  parts.heat.replaceChildren(picture(found.pictures[after ? 1 : 0], { level: "h2" }));
}

const read = reader("/register", () => Boolean(parts && place?.isConnected), (now) => {
  found = now;
  draw(open.view);
}, (error) => !found && parts.list.replaceChildren(el("li", { text: error.message })));

function show(where, view) {
  place = where;
  found = null;
  drawn = "";
  after = false;
  const which = newId("which");
  parts = {
    add: button("Add a risk", () => openForm({ kind: "risk", title: "New risk", saveLabel: "Add the risk", intro: "Say cause, event and effect apart: because of …, it may happen that …, and then …." }), { kind: "primary" }),
    undo: undoBar(),
    none: el("div", { class: "card none-yet" }, el("h3", { text: "No risk yet" }), el("p", { text: "The register holds what numbers cannot tell. Exposures in weeks and money stand under Nodes and Charts." })),
    list: el("ol", { class: "cards risks" }),
    heat: el("div"),
    proposals: proposalsPart(false),
  };
  parts.heatBox = el("aside", { class: "heat" }, el("fieldset", { class: "switch" }, el("legend", { class: "hidden-text", text: "Which ratings" }), [["now", "As things stand", false], ["after", "After treatment", true]].map(([value, text, on]) =>
    el("label", {}, el("input", { type: "radio", name: which, value, checked: !on, onchange: () => {
      after = on;
      draw(open.view);
    } }), el("span", { text })))), parts.heat);
  where.replaceChildren(
    el("div", { class: "toolbar between" }, el("h2", { text: "Risks, the most severe first" }), parts.add), parts.undo.element,
    el("div", { class: "register" }, el("div", {}, parts.none, parts.list), parts.heatBox), parts.proposals.element);
  draw(view);
  read(view.review.id).then(() => {
    const wanted = asked().node;
    const risk = open.view?.review.risks.find((one) => one.id === wanted);
    if (!risk || !parts) return;
    document.getElementById(`risk-${risk.id}`)?.scrollIntoView({ block: "center" });
    note({ ...asked(), node: "" }, true);
  });
}

export const registerTab = {
  id: "register",
  label: "Register",
  show,
  update(view) {
    if (!parts || !place?.isConnected) return;
    draw(view);
    read(view.review.id);
  },
  hide() {
    if (place) clearPictures(place);
    parts = null;
  },
};
