// Who takes part, how others are invited, and who changed what.
import { toast } from "./bridge.js";
import { announce, ask, button, el, field, moment, newId, plural, tellWrong, timeNow } from "./dom.js";
import { ApiError, api } from "./review-api.js";
import { open, send } from "./review-state.js";
import { answerRows } from "./review-words.js";

const FIRST = 50;
let place = null;
let names = null;
let log = null;
let invite = null;
let take = null;
let leadSaid = null;
let shown = FIRST;
let changes = [];

async function copy(box) {
  try {
    if (!navigator.clipboard || !isSecureContext) throw new Error("no clipboard");
    await navigator.clipboard.writeText(box.value);
  } catch {
    box.select(); // an address without https has no clipboard
    document.execCommand("copy");
  }
  toast("The link is copied.");
}

const linkOf = (token) => `${location.origin}/review?invite=${encodeURIComponent(token)}`;

async function renew(box) {
  const sure = await ask("Make a new link?", [el("p", { text: "The link that you gave away so far lets nobody in any more. Those who take part stay." })],
    [{ label: "Keep the link", value: "", autofocus: true }, { label: "Make a new one", value: "new", kind: "danger" }]);
  if (sure !== "new") return;
  try {
    box.value = linkOf((await send("POST", "/invitation", {})).token);
    toast("The old link is void.");
  } catch (error) {
    toast(error.message);
  }
}

function inviteParts(view) {
  const box = el("input", { type: "text", readOnly: true, value: "", id: newId("invite"), onfocus: () => box.select() });
  api("GET", `/${view.review.id}/invitation`).then(({ token }) => (box.value = linkOf(token)), (error) => tellWrong(box, error.message));
  const lead = view.me.role === "lead";
  return el("section", { class: "card" }, el("h2", { text: "Invite others" }),
    field("Whoever opens this link can read and answer", box, lead ? "Give it only to those who should." : "The lead can make a new link, which voids this one."),
    el("p", { class: "toolbar" }, button("Copy the link", () => copy(box), { kind: "primary" }), lead ? button("Make a new link", () => renew(box)) : ""));
}

function nameParts(view) {
  const box = el("input", { type: "text", maxlength: 300, autocomplete: "name", dir: "auto", value: view.me.name });
  const state = el("p", { class: "saved", role: "status" });
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      const me = await send("PUT", "/me", { name: box.value });
      tellWrong(box);
      box.value = me.name;
      rememberName(me.name);
      state.textContent = `Saved ${timeNow()}`;
    } catch (error) {
      tellWrong(box, error.message);
      box.focus();
    }
  } }, field("Your name in this review", box, "The others see it beside what you answer"), el("div", { class: "save-row" }, state, el("button", { type: "submit", class: "button", text: "Save the name" })));
  return el("section", { class: "card" }, el("h2", { text: "You" }), form);
}

/** Keep the name for the next review that this browser joins. */
export function rememberName(name) {
  try {
    localStorage.setItem("scm-review-name", name);
  } catch {
    // storage is blocked: the name is typed again next time
  }
}

export function rememberedName() {
  try {
    return localStorage.getItem("scm-review-name") ?? "";
  } catch {
    return "";
  }
}

async function handOver(one) {
  const sure = await ask("Hand over the lead?", [el("p", { text: `${one.name} leads this review then: makes invitation links and deletes it. You go on taking part.` })],
    [{ label: "Keep the lead", value: "", autofocus: true }, { label: "Hand it over", value: "give", kind: "primary" }]);
  if (sure !== "give") return;
  await leadTo(one.id, `${one.name} leads this review now.`);
}

async function takeLead() {
  await leadTo("", "You lead this review now.");
}

async function leadTo(participant, said) {
  try {
    await send("PUT", "/lead", { participant });
    toast(said);
  } catch (error) {
    leadSaid.textContent = error.message;
    announce(error.message);
  }
}

function drawNames(view) {
  const lead = view.me.role === "lead";
  if (place.dataset.role !== view.me.role) {
    place.dataset.role = view.me.role;
    const made = inviteParts(view);
    invite.replaceWith(made);
    invite = made;
    leadSaid.textContent = "";
  }
  take.hidden = lead;
  names.replaceChildren(...view.review.participants.map((one) => {
    const answers = view.review.answers.filter((answer) => answer.person === one.id).length;
    const give = lead && one.id !== view.me.id ? button("Make lead", () => handOver(one), { "aria-label": `Make ${one.name} the lead` }) : "";
    return el("li", {}, el("b", { text: one.name, dir: "auto" }), one.id === view.me.id ? " (you)" : "", one.role === "lead" ? el("span", { class: "chip", text: "Lead" }) : "",
      el("span", { class: "quiet", text: ` ${plural(answers, "answer")}, joined ${moment(one.joined)}` }), give);
  }));
}

function plain(value) {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.length ? value.map(plain).join("; ") : "nothing";
  return Object.entries(value).filter(([name, one]) => !["id", "version", "person", "at", "by"].includes(name) && one !== null && one !== "" && !(Array.isArray(one) && !one.length))
    .map(([name, one]) => `${name.replaceAll("_", " ")}: ${plain(one)}`).join("\n") || "nothing";
}

function textOf(change, side) {
  const [kind, which] = change.what.split(" ");
  const question = open.view.review.checklist.steps.flatMap((step) => step.questions).find((one) => one.id === which);
  const value = change[side];
  if (kind !== "answer" || !question || !value) return plain(value);
  return answerRows(question, value).filter(([, text]) => text).map(([name, text]) => `${name}: ${text}`).join("\n");
}

function line(change) {
  const some = change.before !== null || change.after !== null;
  const head = [el("span", { class: "quiet small", text: moment(change.at) }), " ", el("b", { text: change.by || "Somebody", dir: "auto" }), ` ${change.text}`];
  if (!some) return el("li", {}, head);
  const details = el("details", {}, el("summary", {}, head));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(el("dl", { class: "was" }, el("dt", { text: "Before" }), el("dd", { text: textOf(change, "before"), dir: "auto" }), el("dt", { text: "After" }), el("dd", { text: textOf(change, "after"), dir: "auto" })));
    }
  });
  return el("li", {}, details);
}

function drawLog() {
  const list = [...changes].reverse().slice(0, shown);
  log.replaceChildren(el("ol", { class: "history", reversed: true }, list.map(line)),
    changes.length > shown ? button(`Show ${Math.min(FIRST, changes.length - shown)} more`, () => {
      shown += FIRST;
      drawLog();
    }) : "");
}

async function readLog(since) {
  const id = open.id;
  try {
    const found = await api("GET", `/${id}/changes?since=${since}`);
    if (open.id !== id || !place?.isConnected) return;
    const known = new Set(changes.map((one) => one.number));
    changes.push(...found.filter((one) => !known.has(one.number)));
    if (!log.contains(document.activeElement) && !log.querySelector("details[open]")) drawLog();
    else if (!since) drawLog();
  } catch (error) {
    if (error instanceof ApiError) log.replaceChildren(el("p", { class: "field-error", text: error.message }));
    else throw error;
  }
}

export const peopleTab = {
  id: "people",
  label: "People & history",
  show(tabPlace, view) {
    place = tabPlace;
    names = el("ul", { class: "names" });
    log = el("div", { class: "log" });
    invite = inviteParts(view);
    place.dataset.role = view.me.role;
    leadSaid = el("p", { class: "field-hint", role: "status" });
    take = el("div", { class: "take-lead" }, button("Take the lead", takeLead), el("p", { class: "field-hint", text: "For when the lead has gone: possible once they have changed nothing for 14 days." }));
    changes = [];
    shown = FIRST;
    place.replaceChildren(el("div", { class: "people" }, el("div", {}, nameParts(view), invite),
      el("div", {}, el("section", { class: "card" }, el("h2", { text: "People" }), names, take, leadSaid), el("section", { class: "card" }, el("h2", { text: "History" }), log))));
    drawNames(view);
    readLog(0);
  },
  update(view) {
    drawNames(view);
    readLog(changes.at(-1)?.number ?? 0);
  },
};
