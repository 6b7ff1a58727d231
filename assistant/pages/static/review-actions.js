// The tab of actions: a board by status, for mouse, keyboard and phone alike; what is overdue is said in words.
import { toast } from "./bridge.js";
import { announce, button, el, figure, newId, plural } from "./dom.js";
import { commentCount } from "./review-beside.js";
import { openForm } from "./review-form.js";
import { originLink } from "./review-origin.js";
import { proposalsPart } from "./review-proposals.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, reader, send, writable } from "./review-state.js";

const STATUSES = ["proposed", "agreed", "in progress", "done", "dropped"];
const CLOSED = ["done", "dropped"];
const NOBODY = "\u0000nobody";
const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

let place = null;
let parts = null;
let found = null;
let filter = { owner: "", late: false };
let cards = new Map(); // id -> {key, element}

const openAction = (action) => openForm({ kind: "action", item: action, title: `Action ${found?.names[action.id] ?? ""}`.trim(), removable: (seen) => removeItem("action", seen, shortOf(seen.text), parts.undo) });
const shortOf = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** Move an action; before work begins somebody must answer for it: that is asked for, and never invented. */
async function move(action, status, box) {
  const bare = ["agreed", "in progress"].includes(status) && (!action.owner || !action.due);
  try {
    const moved = bare
      ? await openForm({ kind: "action", item: action, only: ["owner", "due"], always: { status }, title: "Who does it, and until when?", intro: `${action.text}. What stays blank is shown as open.`, saveLabel: `Move to “${status}”` })
      : await send("PATCH", `/items/action/${encodeURIComponent(action.id)}`, { fields: { status }, version: action.version });
    if (moved) announce(`Moved to ${moved.status}.`);
    else box.value = action.status;
  } catch (error) {
    box.value = action.status;
    toast(error.conflict ? `${error.message} The board shows it as it stands now.` : error.message);
  }
}

function dueText(action) {
  const late = found?.late[action.id];
  if (!action.due) return el("span", { class: "unknown", text: "no due date yet" });
  const on = dates.format(new Date(`${action.due}T12:00:00`));
  return late ? el("b", { class: "late", text: `overdue by ${plural(late, "day")}, due ${on}` }) : `due ${on}`;
}

function card(action, view) {
  const off = !writable(view);
  const status = el("select", { id: newId("status"), disabled: off, onchange: () => move(action, status.value, status) }, STATUSES.map((text) => el("option", { value: text, text })));
  status.value = action.status;
  const { currency } = view.review.scope;
  return el("li", { class: "card action", data: { id: action.id, late: found?.late[action.id] ? "yes" : "" } },
    el("p", { class: "action-head" }, el("span", { class: "number", text: found?.names[action.id] ?? "" }), el("button", { type: "button", class: "node-name", text: action.text, onclick: () => openAction(action) })),
    el("p", {}, action.owner ? el("b", { text: action.owner }) : el("span", { class: "unknown", text: "no owner yet" }), ", ", dueText(action)),
    action.measure ? el("p", { class: "quiet", text: action.measure }) : "",
    action.cost === null ? "" : el("p", { class: "quiet", text: `Cost ${figure(action.cost)} ${currency}`.trim() }),
    action.note ? el("p", { class: "quiet", text: action.note }) : "",
    commentCount(view, action.id) ? el("p", { class: "quiet", text: commentCount(view, action.id) }) : "",
    action.origin ? el("p", { class: "small" }, originLink(found?.origins[action.id] ?? { text: action.origin })) : "",
    el("div", { class: "move" }, el("label", { for: status.id, text: "Status" }), status));
}

const fits = (action) => (!filter.owner || (filter.owner === NOBODY ? !action.owner : action.owner === filter.owner)) && (!filter.late || Boolean(found?.late[action.id]));

/** Reuse the cards that did not change, so that a box that is being used stays open. */
function cardOf(action, view) {
  const key = JSON.stringify([action, found?.names[action.id], found?.late[action.id], found?.origins[action.id], writable(view), view.review.scope.currency, commentCount(view, action.id)]);
  const before = cards.get(action.id);
  if (before?.key === key) return before.element;
  const element = card(action, view);
  cards.set(action.id, { key, element });
  return element;
}

function draw(view) {
  const { actions } = view.review;
  const held = document.activeElement?.closest?.(".action")?.dataset.id;
  const heldTag = document.activeElement?.tagName;
  for (const [status, column] of parts.columns) {
    const here = actions.filter((one) => one.status === status && fits(one)).sort((one, other) => (one.due ?? "9999").localeCompare(other.due ?? "9999"));
    column.count.textContent = String(here.length);
    const wanted = here.map((one) => cardOf(one, view));
    if (wanted.length !== column.list.children.length || wanted.some((one, at) => column.list.children[at] !== one)) column.list.replaceChildren(...wanted);
    column.none.hidden = here.length > 0;
  }
  if (held && !place.contains(document.activeElement)) place.querySelector(`.action[data-id="${CSS.escape(held)}"] ${heldTag === "SELECT" ? "select" : "button"}`)?.focus();
  const owners = [...new Set(actions.map((one) => one.owner).filter(Boolean))].sort((one, other) => one.localeCompare(other));
  const options = [["", "Everybody"], [NOBODY, "Nobody named yet"], ...owners.map((name) => [name, name])];
  if (filter.owner && !options.some(([value]) => value === filter.owner)) filter.owner = "";
  const now = JSON.stringify(options);
  if (parts.owner.dataset.options !== now) {
    parts.owner.dataset.options = now;
    parts.owner.replaceChildren(...options.map(([value, text]) => el("option", { value, text })));
  }
  parts.owner.value = filter.owner;
  const late = Object.keys(found?.late ?? {}).length;
  const bare = actions.filter((one) => !CLOSED.includes(one.status) && (!one.owner || !one.due)).length;
  parts.summary.textContent = actions.length ? `${plural(actions.length, "action")}; ${late ? `${late} overdue` : "none overdue"}; ${bare ? `${bare} open without an owner or a date` : "all open ones have an owner and a date"}.` : "No action yet: take over a proposal, or add one.";
  parts.add.disabled = !writable(view);
  if (found) parts.proposals.update(found.proposals, view);
}

const read = reader("/board", () => Boolean(parts && place?.isConnected), (now) => {
  found = now;
  draw(open.view);
}, (error) => toast(error.message));

function column(status) {
  const list = el("ul", { class: "board-list" });
  const count = el("span", { class: "count" });
  const none = el("p", { class: "quiet", text: "none" });
  const heading = el("h2", { text: `${status[0].toUpperCase()}${status.slice(1)}` });
  const element = el("details", { class: "board-column", open: status !== "dropped" && !(CLOSED.includes(status) && matchMedia("(max-width: 860px)").matches), data: { status } }, el("summary", {}, heading, " ", count), none, list);
  return { element, list, count, none };
}

function show(where, view) {
  place = where;
  found = null;
  cards = new Map();
  filter = { owner: "", late: false };
  const late = el("input", { type: "checkbox", id: newId("late"), onchange: () => {
    filter.late = late.checked;
    draw(open.view);
  } });
  parts = {
    add: button("Add an action", () => openForm({ kind: "action", title: "New action", saveLabel: "Add the action", intro: "Owner and date may stay blank until somebody names them; they are then shown as open." }), { kind: "primary" }),
    owner: el("select", { id: newId("owner"), onchange: () => {
      filter.owner = parts.owner.value;
      draw(open.view);
    } }),
    summary: el("p", { class: "quiet", role: "status" }),
    undo: undoBar(),
    columns: new Map(STATUSES.map((status) => [status, column(status)])),
    proposals: proposalsPart(!view.review.actions.length),
  };
  where.replaceChildren(
    el("div", { class: "toolbar" }, parts.add, el("span", { class: "together" }, el("label", { class: "inline", for: parts.owner.id, text: "Owner" }), parts.owner), el("label", { class: "inline", for: late.id }, late, " Overdue only")),
    parts.summary, parts.undo.element, parts.proposals.element, el("div", { class: "board" }, [...parts.columns.values()].map((one) => one.element)));
  draw(view);
  read(view.review.id);
}

export const actionsTab = {
  id: "actions",
  label: "Actions",
  show,
  update(view) {
    if (!parts || !place?.isConnected) return;
    draw(view);
    read(view.review.id);
  },
  hide() {
    parts = null;
  },
};
