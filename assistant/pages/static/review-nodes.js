// The tab of nodes: a table that is edited in place, with what follows from it beside; long lists are shown in parts.
import { toast } from "./bridge.js";
import { announce, button, el, plural } from "./dom.js";
import { asked, note } from "./review-address.js";
import { api } from "./review-api.js";
import { around as surroundings } from "./review-fields.js";
import { openForm } from "./review-form.js";
import { limitBox, linesPart } from "./review-lines.js";
import { makeOrBuyPart } from "./review-make-or-buy.js";
import { nodeRow } from "./review-node-row.js";
import { openPaste } from "./review-node-paste.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, writable } from "./review-state.js";

const PAGE = 50;
const COLUMNS = [
  ["name", "Node", (node) => node.name.toLowerCase()],
  ["category", "Category", (node) => node.category.toLowerCase()],
  ["margin_per_week", "Margin a week", (node) => node.margin_per_week],
  ["ttr_weeks", "TTR, weeks", (node) => node.ttr_weeks],
  ["cover_weeks", "Cover, weeks", (node) => node.cover_weeks],
  ["alternate_share", "Alternates, %", (node) => node.alternate_share],
  ["tts", "TTS, weeks", (_, row) => (row?.no_limit ? Infinity : row?.tts)],
  ["gap", "Gap, weeks", (_, row) => row?.gap],
  ["at_risk", "Margin at risk", (_, row) => row?.at_risk],
];
const FILTERS = {
  all: ["All nodes", () => true],
  critical: ["Critical", (node) => node.critical],
  gap: ["With a gap", (_, row) => row?.gap > 0],
  over: ["Over the loss limit", (_, row) => row?.over],
  unknown: ["Something not known", (_, row) => !row || row.missing.length > 0],
  single: ["One source or none named", (node) => node.sources.length < 2],
};

let place = null;
let context = null;
let worked = { revision: -1, rows: {} };
let look = { sort: "at_risk", down: true, filter: "all", words: "", page: 0 };
let parts = null;
let rows = new Map();
const unsaved = new Map(); // rows out of sight in which something typed is not saved yet
let fetching = null;

const computed = (node) => worked.rows[node.id];

/** Sort so that what is not known comes last either way: it is neither high nor low. */
function sorted(nodes) {
  const value = COLUMNS.find(([name]) => name === look.sort)[2];
  const sign = look.down ? -1 : 1;
  return nodes.map((node) => [node, value(node, computed(node))]).sort(([one, a], [other, b]) => {
    const [none, nothing] = [a ?? "", b ?? ""].map((found) => found === "");
    if (none !== nothing) return none ? 1 : -1;
    if (!none && a !== b) return (a < b ? -1 : 1) * sign;
    return one.name.localeCompare(other.name);
  }).map(([node]) => node);
}

function chosen(view) {
  const fits = FILTERS[look.filter][1];
  const words = look.words.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (node) => [node.name, node.kind, node.category, ...node.sources.flatMap((one) => [one.supplier, one.country])].join(" ").toLowerCase();
  return sorted(view.review.nodes.filter((node) => fits(node, computed(node)) && words.every((word) => text(node).includes(word))));
}

function head() {
  return el("tr", {}, COLUMNS.map(([name, label]) => {
    const now = look.sort === name;
    const unit = ["margin_per_week", "at_risk"].includes(name) && context.currency !== "money" ? `, ${context.currency}` : "";
    return el("th", { scope: "col", "aria-sort": now ? (look.down ? "descending" : "ascending") : undefined },
      el("button", { type: "button", class: "sort", onclick: () => {
        look = { ...look, sort: name, down: now ? !look.down : !["name", "category"].includes(name), page: 0 };
        draw(open.view, true);
        parts.head.querySelector(`[aria-sort] button`)?.focus();
      } }, `${label}${unit}`, el("span", { "aria-hidden": "true", text: now ? (look.down ? " ▾" : " ▴") : "" })));
  }), el("th", {}, el("span", { class: "hidden-text", text: "Remove" })));
}

/** Show the rows of the part that is looked at; rows in which somebody types stay as they are. */
function draw(view, anew = false) {
  const all = chosen(view);
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  look.page = Math.min(look.page, pages - 1);
  const held = [...rows.values()].find((row) => row.busy());
  // While somebody types, the order stays, so that no row moves away from under the hands.
  if (held && !anew) {
    const nodes = new Map(view.review.nodes.map((node) => [node.id, node]));
    for (const [id, row] of rows) row.update(nodes.get(id) ?? null, worked.rows[id], view);
  } else {
    const shown = all.slice(look.page * PAGE, (look.page + 1) * PAGE);
    const before = new Map([...unsaved, ...rows]);
    rows = new Map(shown.map((node) => [node.id, before.get(node.id) ?? nodeRow(node, { context: () => context, openNode, remove, pasted })]));
    for (const node of shown) rows.get(node.id).update(node, computed(node), view);
    for (const [id, row] of before) {
      if (row.busy() && !rows.has(id)) unsaved.set(id, row);
      else unsaved.delete(id);
    }
    parts.body.replaceChildren(...[...rows.values()].map((row) => row.element));
    parts.head.replaceChildren(head());
  }
  const from = all.length ? look.page * PAGE + 1 : 0;
  const to = Math.min(all.length, (look.page + 1) * PAGE);
  parts.count.textContent = `${all.length > PAGE ? `${from} to ${to} of ` : ""}${plural(all.length, "node")}${all.length < view.review.nodes.length ? ` of ${view.review.nodes.length}` : ""}`;
  parts.pager.hidden = pages < 2;
  parts.back.disabled = !look.page;
  parts.next.disabled = look.page >= pages - 1;
  parts.empty.hidden = view.review.nodes.length > 0;
  parts.none.hidden = !view.review.nodes.length || all.length > 0;
  parts.table.hidden = !all.length;
  for (const one of [parts.add, parts.paste]) one.disabled = !writable(view);
}

async function work(view) {
  if (worked.revision >= view.review.revision && worked.id === view.review.id) return;
  if (fetching) return;
  fetching = api("GET", `/${view.review.id}/exposure`);
  try {
    worked = { ...(await fetching), id: view.review.id };
  } catch (error) {
    toast(error.message);
    return;
  } finally {
    fetching = null;
  }
  if (!place?.isConnected || open.view?.review.id !== worked.id) return;
  draw(open.view);
  if (worked.revision < open.view.review.revision) work(open.view);
}

const remove = (node) => removeItem("node", node, node.name, parts.undo);

async function openNode(node) {
  note({ ...asked(), node: node.id });
  const numbers = el("div", { class: "worked-node" });
  api("GET", `/${open.id}/exposure/${encodeURIComponent(node.id)}`).then((found) => numbers.replaceChildren(workedOut(found)), () => {});
  const current = open.view.review.nodes.find((one) => one.id === node.id) ?? node;
  await openForm({ kind: "node", item: current, title: current.name, extra: numbers, removable: remove });
  if (asked().tab === "nodes") note({ ...asked(), node: "" });
}

function workedOut(found) {
  const list = (title, texts) => (texts.length ? [el("h4", { text: title }), el("ul", {}, texts.map((text) => el("li", { text })))] : []);
  return el("section", { class: "form-group" }, el("h3", { text: "What follows from it" }),
    el("dl", { class: "facts" }, [["Time to survive, weeks", found.tts_said], ["Gap, weeks", found.gap_said], ["Margin at risk", `${found.at_risk_said}${found.share_of_limit ? `, ${found.share_of_limit} of the limit` : ""}`]]
      .map(([name, text]) => el("div", {}, el("dt", { text: name }), el("dd", { text })))),
    list("Not known yet", found.missing), list("Worked out", found.steps), list("Taken for granted", found.assumptions), list("Doubtful", found.warnings),
    found.closing ? [el("h4", { text: "What would close the gap" }), el("p", { text: found.closing })] : []);
}

async function add() {
  const made = await openForm({ kind: "node", title: "New node", saveLabel: "Add the node", intro: "Only the name is needed. Leave blank what is not known: it is shown as not known, never as safe." });
  if (made) {
    look = { ...look, filter: "all", words: "", page: 0 };
    parts.filter.value = "all";
    parts.search.value = "";
    draw(open.view, true);
  }
}

const pasted = (text = "") => openPaste(text);

/** Several lines that are pasted anywhere in the tab are a table, not the content of one box. */
function onPaste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/\n/.test(text.trim()) || !writable(open.view) || event.target.closest("dialog, textarea")) return;
  event.preventDefault();
  pasted(text);
}

async function show(where, view) {
  place = where;
  rows = new Map();
  unsaved.clear();
  context = await surroundings(view).catch((error) => {
    where.replaceChildren(el("p", { text: error.message }));
    return null;
  });
  if (!context || !where.isConnected) return;
  const turn = (by) => {
    look.page += by;
    draw(open.view, true);
    parts.box.scrollIntoView({ block: "nearest" });
    announce(parts.count.textContent);
  };
  parts = {
    add: button("Add a node", add, { kind: "primary" }),
    paste: button("Paste a table", () => pasted()),
    search: el("input", { type: "search", placeholder: "Search nodes, suppliers, countries", "aria-label": "Search nodes", value: look.words, oninput: () => {
      look = { ...look, words: parts.search.value, page: 0 };
      draw(open.view, true);
    } }),
    filter: el("select", { "aria-label": "Which nodes", onchange: () => {
      look = { ...look, filter: parts.filter.value, page: 0 };
      draw(open.view, true);
    } }, Object.entries(FILTERS).map(([value, [text]]) => el("option", { value, text, selected: value === look.filter }))),
    count: el("p", { class: "quiet count", role: "status" }),
    undo: undoBar(),
    head: el("thead"),
    body: el("tbody"),
    back: button("Previous", () => turn(-1)),
    next: button("Next", () => turn(1)),
    empty: el("div", { class: "card none-yet" }, el("h3", { text: "No node yet" }),
      el("p", { text: "A node is a part, supplier, site, lane or system whose loss would hurt. Add one, or copy a table out of a spreadsheet and paste it here: names, TTR, cover, margin, suppliers and countries are found by their headers." })),
    none: el("p", { class: "quiet", text: "No node fits the search." }),
    limit: limitBox(),
    lines: linesPart(),
    makeOrBuy: makeOrBuyPart(),
  };
  parts.table = el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Nodes" }, el("table", { class: "node-table" }, parts.head, parts.body));
  parts.pager = el("div", { class: "toolbar pager" }, parts.back, parts.next);
  parts.box = el("section", { class: "tab-part", "aria-label": "Nodes" },
    el("div", { class: "toolbar" }, parts.add, parts.paste, parts.search, parts.filter),
    el("div", { class: "toolbar between" }, parts.count, parts.limit.element), parts.undo.element, parts.empty, parts.none, parts.table, parts.pager,
    el("p", { class: "quiet", text: "TTR: time to recover. TTS: time to survive, cover / (1 − share of the alternates). Gap: TTR − TTS. Numbers on the right are worked out by the server; what is not known stays not known." }));
  where.replaceChildren(parts.box, parts.lines.element, parts.makeOrBuy.element);
  parts.makeOrBuy.element.open = view.review.make_or_buy.length > 0;
  where.addEventListener("paste", onPaste);
  parts.limit.update(view);
  parts.lines.update(view, context);
  parts.makeOrBuy.update(view);
  draw(view, true);
  await work(view);
  const wanted = open.view?.review.nodes.find((node) => node.id === asked().node);
  if (wanted && where.isConnected && !document.querySelector("dialog[open]")) openNode(wanted);
}

async function update(view) {
  if (!parts || !place?.isConnected) return;
  context = await surroundings(view).catch(() => context);
  if (!place.isConnected) return;
  draw(view);
  parts.limit.update(view);
  parts.lines.update(view, context);
  parts.makeOrBuy.update(view);
  work(view);
}

function hide() {
  place?.removeEventListener("paste", onPaste);
  parts = null;
  rows = new Map();
}

export const nodesTab = { id: "nodes", label: "Nodes", show, update, hide };
