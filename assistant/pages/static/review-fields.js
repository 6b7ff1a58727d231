// The boxes of a form by the kind of their field, as the server declares them; each is read as the texts that were typed.
import { button, el, newId } from "./dom.js";
import { api } from "./review-api.js";
import { open } from "./review-state.js";

const FEW = 10; // names up to which a list needs no search
let told = null;

/** What the server says of all forms: fields, worded scales, and where the drawing library is. */
export function formInfo() {
  told ??= api("GET", `/${open.id}/fields`).catch((error) => {
    told = null;
    throw error;
  });
  return told;
}

const plain = (value) => String(Number(value.toPrecision(value >= 1e6 ? 15 : 6)));
const amounts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

/** A value as it stands in its box. */
export function asText(one, value) {
  if (value === null || value === undefined) return "";
  if (one.kind === "share") return plain(value * 100);
  if (one.kind === "yes or no") return value ? "yes" : "no";
  if (one.kind === "names" && !one.choices.length) return value.join("; ");
  if (one.kind === "money") return amounts.format(value);
  return typeof value === "number" ? plain(value) : String(value);
}

/** A value as it is read aloud or compared. */
export function asWords(one, value, around) {
  if (one.kind === "sources") return value.map((row) => [row.supplier, row.country, row.share === null ? "" : `${plain(row.share * 100)} %`].filter(Boolean).join(", ")).join("\n");
  if (one.kind === "uses") return Object.entries(value).map(([line, amount]) => `${around.lineName?.(line) ?? line}: ${plain(amount)}`).join("\n");
  if (one.kind === "node") return value ? around.nodeName(value) : "";
  if (one.kind === "nodes") return value.map((id) => around.nodeName(id)).join("\n");
  if (Array.isArray(value)) return value.join("\n");
  const unit = unitOf(one, around);
  const text = asText(one, value);
  return text && unit ? `${text} ${unit}` : text;
}

export const unitOf = (one, around) => (one.unit === "currency" ? around.currency : one.unit);
const labelOf = (one, around) => (unitOf(one, around) ? `${one.label}, ${unitOf(one, around)}` : one.label);

function labelled(one, around, box) {
  box.id ||= newId("box");
  const hint = el("p", { class: "field-hint", id: `${box.id}-hint`, text: one.hint });
  const wrong = el("p", { class: "field-error", id: `${box.id}-error` });
  box.setAttribute("aria-describedby", `${hint.id} ${wrong.id}`);
  return el("div", { class: "field", data: { field: one.name } }, el("label", { for: box.id, text: labelOf(one, around) }), box, hint, wrong);
}

function grouped(one, around, ...parts) {
  return el("fieldset", { class: "field", data: { field: one.name } }, el("legend", { text: labelOf(one, around) }), parts,
    el("p", { class: "field-hint", text: one.hint }), el("p", { class: "field-error", role: "alert" }));
}

const simple = (one, around, box, value) => {
  box.value = asText(one, value);
  return { element: labelled(one, around, box), read: () => box.value.trim(), box };
};

function choice(one, around, value) {
  const needed = ["kind", "status"].includes(one.name);
  const options = one.kind === "yes or no" ? ["yes", "no"] : one.choices;
  const box = el("select", {}, needed || one.kind === "yes or no" ? "" : el("option", { value: "", text: "not chosen" }),
    options.map((text) => el("option", { value: text, text })));
  const made = simple(one, around, box, value);
  if (box.selectedIndex < 0) box.selectedIndex = 0;
  return made;
}

/** Five worded levels and "not judged yet"; the words are what is chosen, the number only names them. */
function rate(one, around, value) {
  const words = one.name.includes("impact") ? around.info.impact : around.info.likelihood;
  const name = newId("rate");
  const option = (level, title, text) => el("label", { class: "level-choice" },
    el("input", { type: "radio", name, value: level, checked: String(value ?? "") === level }),
    el("span", {}, el("b", { text: title }), text ? el("span", { text }) : ""));
  const list = el("div", { class: "level-choices" },
    Object.entries(words).map(([level, said]) => option(level, `${level} ${said.name}`, said.anchor)),
    option("", "Not judged yet", ""));
  const element = grouped(one, around, list);
  return { element, read: () => list.querySelector("input:checked")?.value ?? "", box: list.querySelector("input") };
}

/** Names to tick off; a search box where there are many. */
function ticks(one, around, options, value) {
  const chosen = new Set(value ?? []);
  for (const id of chosen) if (!options.some((option) => option.value === id)) options.push({ value: id, text: `${id} (removed)` });
  const list = el("div", { class: "ticks" }, options.map((option) => el("label", { data: { words: option.text.toLowerCase() } },
    el("input", { type: "checkbox", value: option.value, checked: chosen.has(option.value), onchange: count }), el("span", { text: option.text }))));
  const summary = el("span", {});
  const search = el("input", { type: "search", placeholder: "Search", "aria-label": `Search in ${one.label.toLowerCase()}`, oninput: () => {
    const words = search.value.toLowerCase().trim();
    for (const row of list.children) row.hidden = !row.dataset.words.includes(words);
  } });
  function count() {
    const number = list.querySelectorAll("input:checked").length;
    summary.textContent = number ? `${number} chosen` : "none chosen";
  }
  count();
  const body = options.length ? [options.length > FEW ? search : "", list] : [el("p", { class: "quiet", text: "There is none in this review yet." })];
  const fold = el("details", { open: options.length <= FEW && options.length > 0 }, el("summary", {}, summary), body);
  return {
    element: grouped(one, around, fold),
    read: () => [...list.querySelectorAll("input:checked")].map((box) => box.value),
    box: fold.querySelector("summary"),
  };
}

function oneNode(one, around, value) {
  const box = el("select", {}, el("option", { value: "", text: "none chosen" }), around.nodes.map((node) => el("option", { value: node.id, text: node.name })));
  if (value && !around.nodes.some((node) => node.id === value)) box.append(el("option", { value, text: around.nodeName(value) }));
  return simple(one, around, box, value);
}

/** The sources of a node: a card each, with all that is known of it. */
function sources(one, around, value) {
  const list = el("div", { class: "source-list" });
  const made = [];
  function add(row = {}) {
    const boxes = around.info.sources.map((part) => [part, boxFor(part, around, row[part.name] ?? (part.kind === "names" ? [] : null))]);
    const entry = { boxes };
    const card = el("div", { class: "source-row", role: "group", "aria-label": "Source" }, boxes.map(([, box]) => box.element),
      button("Remove this source", () => {
        made.splice(made.indexOf(entry), 1);
        card.remove();
        more.focus();
        list.dispatchEvent(new Event("input", { bubbles: true }));
      }, { icon: "close" }));
    entry.card = card;
    made.push(entry);
    list.append(card);
    return boxes[0][1].box;
  }
  const more = button("Add a source", () => add().focus(), {});
  for (const row of value ?? []) add(row);
  const element = grouped(one, around, list, more);
  return {
    element,
    read: () => made.map(({ boxes }) => Object.fromEntries(boxes.map(([part, box]) => [part.name, box.read()]))),
    box: more,
    /** Where a message such as "sources.0.share" belongs. */
    within: (path) => made[Number(path[0])]?.boxes.find(([part]) => part.name === path[1])?.[1],
  };
}

function uses(one, around, value) {
  const known = around.lines;
  const names = known.map((line) => [line.name, line.name, value?.[line.name] ?? value?.[line.id]]);
  for (const [key, amount] of Object.entries(value ?? {})) {
    if (!known.some((line) => line.name === key || line.id === key)) names.push([key, `${key} (no such line)`, amount]);
  }
  const boxes = names.map(([key, label, amount]) => {
    const box = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", id: newId("use") });
    box.value = amount === undefined ? "" : plain(amount);
    return [key, label, box];
  });
  const rows = boxes.map(([, label, box]) => el("div", { class: "use-row" }, el("label", { for: box.id, text: label }), box));
  const element = grouped(one, around, rows.length ? rows : el("p", { class: "quiet", text: "There is no product line yet; add them under “Product lines”." }));
  return { element, read: () => Object.fromEntries(boxes.map(([key, , box]) => [key, box.value.trim()]).filter(([, text]) => text)), box: boxes[0]?.[2] };
}

/** Make the box of a field: {element, read(), box}. `around`: {info, currency, nodes, lines, nodeName}. */
export function boxFor(one, around, value) {
  switch (one.kind) {
    case "text":
      return simple(one, around, el("textarea", { rows: 2, maxlength: 4000 }), value);
    case "choice":
    case "yes or no":
      return choice(one, around, value);
    case "rate":
      return rate(one, around, value);
    case "date":
      return simple(one, around, el("input", { type: "date" }), value);
    case "nodes":
      return ticks(one, around, around.nodes.map((node) => ({ value: node.id, text: node.name })), value);
    case "node":
      return oneNode(one, around, value);
    case "names":
      if (one.choices.length) return ticks(one, around, one.choices.map((text) => ({ value: text, text })), value);
      return simple(one, around, el("textarea", { rows: 2, maxlength: 4000, placeholder: "several with ; between them" }), value);
    case "sources":
      return sources(one, around, value);
    case "uses":
      return uses(one, around, value);
    default:
      return simple(one, around, el("input", { type: "text", maxlength: 300, autocomplete: "off", inputmode: one.kind === "line" ? "text" : "decimal" }), value);
  }
}

/** An item as its form has it: what it holds of either side of a comparison stands beside the rest. */
export function flat(item) {
  if (!item?.make) return item;
  const sides = ["make", "buy"].flatMap((side) => Object.entries(item[side]).map(([part, value]) => [`${side}_${part}`, value]));
  return { ...item, ...Object.fromEntries(sides) };
}

/** What a form needs to know of the review around it. */
export async function around(view) {
  const info = await formInfo();
  const { nodes, lines, scope } = view.review;
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return { info, nodes, lines, currency: scope.currency || "money", nodeName: (id) => names.get(id) ?? `${id} (removed)` };
}
