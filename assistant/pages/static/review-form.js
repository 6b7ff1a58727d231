// A side form for a node, line, risk, action or scenario: only what was changed is sent, and nothing is lost unseen.
import { announce, ask, button, el, newId } from "./dom.js";
import { commentsBox } from "./review-beside.js";
import { askConflict } from "./review-conflict.js";
import { around as surroundings, asWords, boxFor, flat } from "./review-fields.js";
import { onReview, open, send, writable } from "./review-state.js";

const TALKED_ABOUT = ["node", "risk", "action"]; // kinds that people comment on

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function groupsOf(fields) {
  const groups = new Map();
  for (const one of fields) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups];
}

/** Say beside the fields what is wrong; gives the first box to go to. */
function tell(form, boxes, wrong) {
  for (const place of form.querySelectorAll(".field-error")) place.textContent = "";
  for (const box of form.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
  let first = null;
  for (const one of wrong) {
    const [name, ...path] = one.field.split(".");
    const own = boxes.get(name);
    const found = (path.length > 1 && own?.within?.(path)) || own;
    if (!found) continue;
    const place = found.element.querySelector(":scope > .field-error");
    place.textContent = `${place.textContent} ${one.reason}`.trim();
    found.box?.setAttribute("aria-invalid", "true");
    found.element.closest("details")?.setAttribute("open", "");
    first ??= found.box;
  }
  return first;
}

/**
 * Open the form of an item; gives the saved item, null if it was left.
 * kind: node, line, ...; item: null for a new one; values: what a new one starts with; only: names of the fields shown;
 * title; extra: elements below the fields; removable: a function that removes the item; always: fields that are sent
 * with those that were typed; post: a function that sends a new item in the place of the usual route; opened: a
 * function that gets the form when it is shown.
 */
export async function openForm({ kind, item = null, values = {}, only = null, title, intro = "", extra = null, removable = null, saveLabel = "Save", always = {}, post = null, opened = null }) {
  const view = open.view;
  const context = await surroundings(view);
  const fields = context.info.fields[kind].filter((one) => !only || only.includes(one.name));
  const readOnly = !writable(view);
  let seen = item;
  const start = flat(item) ?? { ...blank(kind), ...values };
  const boxes = new Map(fields.map((one) => [one.name, boxFor(one, context, start[one.name])]));
  const first = () => Object.fromEntries([...boxes].map(([name, box]) => [name, box.read()]));
  const atStart = item ? first() : Object.fromEntries([...boxes].map(([name]) => [name, undefined]));
  const typedAtStart = first();
  const comments = item && TALKED_ABOUT.includes(kind) ? commentsBox(item.id, `this ${kind}`) : null;
  comments?.update(view);
  const heading = el("h2", { id: newId("form"), tabindex: "-1", text: title });
  const said = el("p", { class: "form-state", role: "alert" });
  const submit = el("button", { type: "submit", class: "button primary", text: saveLabel });
  const bodies = groupsOf(fields).map(([name, ones]) => el("section", { class: "form-group" }, name ? el("h3", { text: name }) : "",
    el("div", { class: "form-fields" }, ones.map((one) => boxes.get(one.name).element))));
  const form = el("form", { class: "side-body", novalidate: true },
    el("header", { class: "side-head" }, heading, button("Close the form", leave, { icon: "close" })),
    el("div", { class: "side-fields" }, intro ? el("p", { class: "quiet", text: intro }) : "", bodies, extra ?? "", comments?.element ?? ""),
    el("footer", { class: "side-foot" }, said, el("div", { class: "toolbar" }, readOnly ? "" : submit, button(readOnly ? "Close" : "Cancel", leave),
      removable && !readOnly ? button("Remove", drop, { kind: "danger" }) : "")));
  const dialog = el("dialog", { class: "side-form", "aria-labelledby": heading.id }, form);
  let result = null;

  const changed = () => Object.fromEntries(Object.entries(first()).filter(([name, now]) => !same(now, atStart[name])));
  const touched = () => !same(first(), typedAtStart) || Boolean(comments?.typed());

  async function leave() {
    if (!readOnly && touched()) {
      const answer = await ask("Leave without saving?", el("p", { text: "What was typed into this form is not saved yet." }),
        [{ label: "Leave", value: "leave", kind: "danger" }, { label: "Stay", value: "", kind: "primary", autofocus: true }]);
      if (answer !== "leave") return;
    }
    dialog.close();
  }

  async function drop() {
    if (await removable(seen)) dialog.close();
  }

  async function save(version = seen?.version) {
    said.textContent = "Saving…";
    submit.disabled = true;
    try {
      if (seen) result = await send("PATCH", `/items/${kind}/${encodeURIComponent(seen.id)}`, { fields: { ...changed(), ...always }, version });
      else result = await (post ? post(first()) : send("POST", `/items/${kind}`, { fields: { ...first(), ...always } }));
      dialog.close();
    } catch (error) {
      said.textContent = error.wrong?.length ? "Not saved: see the fields that are marked." : `Not saved: ${error.message}`;
      const box = tell(form, boxes, error.wrong ?? []);
      const elsewhere = (error.wrong ?? []).filter((one) => !boxes.has(one.field.split(".")[0]));
      if (elsewhere.length) said.textContent = `Not saved: ${elsewhere.map((one) => one.reason).join(" ")}`;
      box?.focus({ preventScroll: true });
      box?.closest(".field")?.scrollIntoView({ block: "center" });
      if (error.conflict) await decide(error);
    } finally {
      submit.disabled = false;
    }
  }

  /** Somebody else saved first: show what they changed beside what was typed here. */
  async function decide(error) {
    if (!error.current) {
      said.textContent = `Not saved: ${error.message}`;
      return;
    }
    const names = Object.keys(changed());
    const [theirs, before] = [flat(error.current), flat(seen)];
    const differ = fields.filter((one) => names.includes(one.name) || !same(theirs[one.name], before[one.name]));
    const words = (from) => differ.map((one) => [one.label, from(one)]);
    const choice = await askConflict({
      message: error.message,
      mine: words((one) => (names.includes(one.name) ? typedWords(boxes.get(one.name).read(), one, context) : asWords(one, before[one.name], context))),
      theirs: words((one) => asWords(one, theirs[one.name], context)),
    });
    if (choice === "theirs") {
      result = error.current;
      dialog.close();
    } else if (choice === "mine") {
      seen = error.current;
      await save(error.current.version);
    } else {
      said.textContent = "Not saved yet: what you typed is kept here until you decide.";
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  if (readOnly) for (const box of form.querySelectorAll("input, select, textarea, .source-list button, fieldset > button")) box.disabled = true;
  document.body.append(dialog);
  const opener = document.activeElement;
  const endReading = comments ? onReview((now) => comments.update(now)) : () => {};
  dialog.showModal();
  opened?.(form);
  (item ? heading : [...boxes.values()][0].box ?? heading).focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      endReading();
      dialog.remove();
      if (opener?.isConnected) opener.focus();
      if (result) announce("Saved.");
      resolve(result);
    });
  });
}

function typedWords(now, one, context) {
  if (one.kind === "node") return now ? context.nodeName(now) : "";
  if (one.kind === "nodes") return now.map((id) => context.nodeName(id)).join("\n");
  if (one.kind === "sources") return now.map((row) => [row.supplier, row.country, row.share && `${row.share} %`].filter(Boolean).join(", ")).join("\n");
  if (one.kind === "uses") return Object.entries(now).map(([line, amount]) => `${line}: ${amount}`).join("\n");
  if (Array.isArray(now)) return now.join("\n");
  const unit = one.unit === "currency" ? context.currency : one.unit;
  return now && unit ? `${now} ${unit}` : now;
}

function blank(kind) {
  if (kind === "node") return { kind: "part", critical: true };
  if (kind === "scenario") return { kind: "own", severity: 1, demand_factor: 1 };
  if (kind === "action") return { status: "proposed" };
  return {};
}

