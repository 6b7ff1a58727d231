// Small parts of pages that scripts draw: elements whose text is never markup, buttons, dates, messages beside fields.

const AS_PROPERTY = new Set(["value", "checked", "disabled", "selected", "hidden", "readOnly", "required", "indeterminate", "open"]);

/** Make an element. `attributes`: on… are listeners, data is a map, text is its text; children are nodes or texts. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "text") made.textContent = value;
    else if (key === "data") Object.assign(made.dataset, value);
    else if (AS_PROPERTY.has(key)) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(2).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return made;
}

export const find = (id) => document.getElementById(id);

let number = 0;
/** A new id for an element, to tie a label or message to its field. */
export const newId = (stem) => `${stem}-${(number += 1)}`;

export function button(label, onclick, { kind = "", icon = "", title = "", ...rest } = {}) {
  const look = icon ? el("span", { class: `icon icon-${icon}` }) : "";
  if (icon && !title) return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...rest }, look);
  return el("button", { type: "button", class: `button ${kind}`.trim(), title: title || undefined, onclick, ...rest }, look, label);
}

/** A labelled box; `tellWrong` shows a message beside it. `box` must be an input, select or textarea. */
export function field(label, box, hint = "") {
  box.id ||= newId("field");
  const hints = el("p", { class: "field-hint", id: `${box.id}-hint`, text: hint });
  const wrong = el("p", { class: "field-error", id: `${box.id}-error` });
  box.setAttribute("aria-describedby", `${hints.id} ${wrong.id}`);
  return el("div", { class: "field" }, el("label", { for: box.id, text: label }), box, hints, wrong);
}

/** Say beside a field why it cannot be taken; "" when it can. */
export function tellWrong(box, said = "") {
  const place = find(`${box.id}-error`);
  if (place) place.textContent = said;
  if (said) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A moment in the reader's own time: "10:32" today, else "22 Nov, 10:32". */
export function moment(iso) {
  const at = new Date(iso);
  const now = new Date();
  if (Number.isNaN(at.getTime())) return "";
  if (at.toDateString() === now.toDateString()) return clock.format(at);
  return `${(at.getFullYear() === now.getFullYear() ? day : dayAndYear).format(at)}, ${clock.format(at)}`;
}

export const timeNow = () => clock.format(new Date());

const figures = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });
/** A number for reading; "" for none. */
export const figure = (value) => (typeof value === "number" && Number.isFinite(value) ? figures.format(value) : "");

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Open a dialog made of a title, parts and buttons; gives the value of the button that closed it, "" for Escape. */
export function ask(title, parts, choices) {
  const heading = el("h2", { id: newId("dialog"), text: title });
  const row = el("p", { class: "dialog-buttons" });
  const form = el("form", { method: "dialog" }, heading, parts, row);
  const dialog = el("dialog", { class: "review-dialog", "aria-labelledby": heading.id }, form);
  row.append(...choices.map(({ label, value, kind = "", autofocus = false, disabled = false, id }) =>
    el("button", { type: "submit", value, class: `button ${kind}`.trim(), autofocus, disabled, id, formnovalidate: value === "" }, label)));
  document.body.append(dialog);
  const opener = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (opener?.isConnected) opener.focus();
      resolve(dialog.returnValue);
    });
  });
}

/** Say something to a screen reader. */
export function announce(text) {
  const place = find("announcer");
  place.textContent = "";
  setTimeout(() => (place.textContent = text), 50);
}
