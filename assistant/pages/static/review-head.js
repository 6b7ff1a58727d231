// The head of a review: its title and status, and what can be done with it as a whole.
import { toast } from "./bridge.js";
import { ask, button, el, field, find } from "./dom.js";
import { api } from "./review-api.js";
import { askConflict } from "./review-conflict.js";
import { onSaving, waiting } from "./review-saving.js";
import { open, send } from "./review-state.js";

const NAMELESS = "Somebody"; // what the server calls whoever gave no name
const STATUS = { open: "Open", paused: "Paused", finished: "Finished" };
const MOVES = { open: [["paused", "Pause"], ["finished", "Finish"]], paused: [["open", "Resume"], ["finished", "Finish"]], finished: [["open", "Reopen"]] };

async function put(what, value, now, later) {
  const send_ = (version) => send("PUT", `/${what}`, { [what]: value, version });
  try {
    await send_(open.view.review.version);
  } catch (error) {
    if (!error.conflict) return toast(error.message);
    const choice = await askConflict({ message: error.message, mine: [[now, later(value)]], theirs: [[now, later(error.current[what])]] });
    if (choice === "mine") await send_(error.current.version).catch((second) => toast(second.message));
  }
  return undefined;
}

async function rename() {
  const box = el("input", { type: "text", maxlength: 300, autocomplete: "off", dir: "auto", value: open.view.review.title });
  if (await ask("Rename the review", [field("Title", box)], [{ label: "Cancel", value: "" }, { label: "Rename", value: "rename", kind: "primary" }]) === "rename") {
    await put("title", box.value, "Title", (title) => title);
  }
}

/** Ask before a review is finished of which something is still open. */
async function mayFinish() {
  const { review, progress } = open.view;
  const left = progress.asked - progress.answered - progress.unknown;
  const unsaved = waiting(review.id);
  if (!left && !unsaved) return true;
  const parts = [left ? `${left} of ${progress.asked} questions have no answer yet` : "", unsaved ? `${unsaved} of your answers are not saved yet` : ""];
  const text = `${parts.filter(Boolean).join(", and ")}. The report names what is open; a finished review can be reopened.`;
  const choices = [{ label: "Go on with it", value: "", autofocus: true }, { label: "Finish all the same", value: "finish", kind: "primary" }];
  return await ask("Finish the review?", [el("p", { text })], choices) === "finish";
}

async function move(status) {
  if (status === "finished" && !(await mayFinish())) return;
  await put("status", status, "Status", (value) => STATUS[value]);
}

/** Whether another of the visitor's reviews has the same title, so that the title alone does not say which is meant. */
async function sharesTitle({ id, title }) {
  const plain = (text) => text.trim().toLowerCase();
  const all = await api("GET", "").catch(() => []);
  return all.some((one) => one.id !== id && plain(one.title) === plain(title));
}

/** Open the chat with a question; through the tab's own storage, so that no link can ask for a visitor. */
export async function continueInChat() {
  const { review } = open.view;
  const link = (await sharesTitle(review)) ? ` (/review?id=${review.id})` : "";
  try {
    sessionStorage.setItem("scm-ask", `Continue the review \u201c${review.title}\u201d${link}`);
    location.href = "/";
  } catch {
    toast("This browser keeps nothing between two pages: type in the chat which review to continue.");
  }
}

function count({ review, progress }) {
  const unsaved = waiting(review.id);
  find("review-counts").textContent = [`${progress.answered} of ${progress.asked} answered`, progress.unknown ? `${progress.unknown} not known` : "",
    unsaved ? `${unsaved} not saved yet` : ""].filter(Boolean).join(", ");
}

onSaving(() => open.view && find("review-counts") && count(open.view));

function fill(view) {
  const { review } = view;
  find("review-title").textContent = review.title;
  find("review-status").textContent = STATUS[review.status];
  find("review-status").dataset.status = review.status;
  count(view);
  find("nameless").hidden = view.me.name !== NAMELESS;
  find("nameless").querySelector("a").href = `/review?id=${review.id}&tab=people`;
  const place = find("review-moves");
  const focused = place.contains(document.activeElement);
  const made = MOVES[review.status].map(([status, label]) => button(label, () => move(status)));
  place.replaceChildren(...made, button("Continue in the chat", continueInChat));
  if (focused) made[0].focus();
}

export function showHead(view) {
  const head = el("header", { id: "review-head" },
    el("p", { class: "crumb" }, el("a", { href: "/review", text: "All reviews" })),
    el("div", { class: "title-row" }, el("h1", { id: "review-title", dir: "auto" }), button("Rename the review", rename, { icon: "rename" }),
      el("span", { id: "review-status", class: "chip" }), el("span", { id: "review-counts", class: "quiet" })),
    el("p", { id: "nameless", class: "quiet", hidden: true }, `The others see you as ${NAMELESS}. `, el("a", { href: "/review", text: "Say your name" })),
    el("p", { id: "review-moves", class: "toolbar" }));
  queueMicrotask(() => fill(view));
  return head;
}

export const updateHead = fill;
