// The line to Gradio's handlers: hidden boxes carry requests in, a hidden text carries the page's state out.

const text = (id) => document.querySelector(`#${id} textarea, #${id} input`);

/** Tell a handler something; waits until the page has connected. */
export async function tell(id, value) {
  await connected;
  const box = text(id);
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(box, JSON.stringify({ value, at: Date.now() }));
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What the page shows: the conversation's id, or "", and whether an answer is being written. */
export const state = { conversation: "", running: false, connected: false };

const listeners = [];
export const onState = (listener) => listeners.push(listener);

let connect;
const connected = new Promise((resolve) => (connect = resolve));

let last = "";
function read() {
  const found = document.querySelector("#page-state")?.textContent.match(/(none|[0-9a-f]{32}) (running|idle) (\d+)/);
  if (!found || found[0] === last) return;
  last = found[0];
  state.conversation = found[1] === "none" ? "" : found[1];
  state.running = found[2] === "running";
  state.connected = true;
  connect();
  for (const listener of listeners) listener(state);
}

/** Call a function whenever something below the conversation's app changes, at most once a frame. */
export function watch(callback) {
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      callback();
    }, 16);
  }).observe(document.querySelector("gradio-app"), { childList: true, subtree: true, characterData: true });
  callback();
}

export const start = () => watch(read);

/** Fetch from this server; throws an Error with a sentence for the reader. */
export async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Error("The server cannot be reached. Is it still running?");
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(typeof problem.detail === "string" ? problem.detail : "Something went wrong.");
}

/** Put the cursor in the question box, but where that would raise a phone's keyboard. */
export function focusQuestion() {
  if (!matchMedia("(pointer: coarse)").matches) document.querySelector("#question textarea")?.focus();
}

let hide;
/** Show a short message for a few seconds. */
export function toast(message) {
  const place = document.getElementById("toast");
  place.textContent = message;
  place.dataset.shown = "";
  clearTimeout(hide);
  hide = setTimeout(() => delete place.dataset.shown, 5000);
}
