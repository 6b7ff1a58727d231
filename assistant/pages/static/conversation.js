// The conversation: examples, copying, the length of a question, and what a screen reader is told.
import { call, focusQuestion, onState, state, tell, toast, watch } from "./bridge.js";
import { find } from "./dom.js";
import { limits } from "./status.js";

function countCharacters() {
  const length = document.querySelector("#question textarea")?.value.length ?? 0;
  const near = length > 0.8 * limits.characters;
  const over = length > limits.characters;
  find("counter").textContent = near
    ? `${length.toLocaleString("en")} of ${limits.characters.toLocaleString("en")} characters${over ? ": too long" : ""}`
    : "";
  find("counter").dataset.over = over ? "yes" : "";
}

/** Send nothing where nothing was typed. */
function ignoreBlank(event) {
  const box = document.querySelector("#question textarea");
  const sends = event.type === "click" ? event.target.closest?.("#send") : event.target === box && event.key === "Enter" && !event.shiftKey;
  if (!sends || box.value.trim()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  box.focus();
}

async function write(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = document.createElement("textarea"); // an address without https has no clipboard
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

/** Copy the answer as its author wrote it, in place of the markup that Gradio was given. */
async function copyAnswer(event) {
  const button = event.target.closest?.("#conversation .message-buttons button");
  if (!button || !/copy|copied/i.test(button.title + button.ariaLabel)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  let row = button.closest(".message-buttons").previousElementSibling;
  while (row && !row.matches(".bot-row")) row = row.previousElementSibling;
  const position = [...document.querySelectorAll("#conversation .bot-row")].indexOf(row);
  try {
    const answer = await (await call(`/conversations/${state.conversation}/answers/${position}`)).text();
    await write(answer);
    toast("Copied.");
  } catch (error) {
    toast(error.message);
  }
}

let following = false;
let settled;

/** Scroll with the answer until its question stands at the top; formulas and tables may still grow. */
function follow() {
  const log = document.querySelector("#conversation [role=log]");
  const asked = document.querySelectorAll("#conversation .user-row");
  if (!following || !log || !asked.length) return;
  log.scrollTop += asked[asked.length - 1].getBoundingClientRect().top - log.getBoundingClientRect().top - 20;
}

function startFollowing(running) {
  following = true;
  clearTimeout(settled);
  if (!running) settled = setTimeout(() => (following = false), 1500);
  follow();
}

/** Give Gradio's parts the names and roles that they lack. */
function name() {
  const log = document.querySelector("#conversation [role=log]");
  if (log && log.getAttribute("aria-live") !== "off") {
    log.setAttribute("aria-live", "off"); // each streamed piece would be read out; the announcer tells the end
    log.setAttribute("aria-label", "Conversation");
    log.tabIndex = 0; // so that the keyboard can scroll it
  }
  for (const message of document.querySelectorAll("#conversation [data-testid][aria-label]")) {
    message.removeAttribute("aria-label"); // it repeats the markup
  }
  for (const link of document.querySelectorAll("#conversation a.as-form[target]")) link.removeAttribute("target");
  for (const title of document.querySelectorAll("#conversation .thought-group > .title")) {
    const open = String(title.classList.contains("expanded"));
    if (title.getAttribute("aria-expanded") !== open) title.setAttribute("aria-expanded", open);
    const inner = title.querySelector("button");
    if (inner && inner.tabIndex !== -1) inner.tabIndex = -1;
  }
}

/** Ask what another page handed over; through the tab's own storage, so that no link can ask for a visitor. */
function askHandedOver() {
  try {
    const question = sessionStorage.getItem("scm-ask");
    sessionStorage.removeItem("scm-ask");
    if (!question || state.conversation) return;
    document.body.dataset.handed = "yes";
    tell("ask-request", question);
  } catch {
    toast("This browser keeps nothing between two pages: copy the question over, please.");
  }
}

export function startConversation() {
  document.body.dataset.page = new URLSearchParams(location.search).get("c") ? "conversation" : "empty";
  document.addEventListener("click", copyAnswer, true);
  document.addEventListener("input", countCharacters);
  document.addEventListener("keypress", ignoreBlank, true);
  document.addEventListener("click", ignoreBlank, true);
  find("examples").addEventListener("click", (event) => {
    const example = event.target.closest("[data-ask]");
    if (!example || document.body.dataset.asked) return;
    document.body.dataset.asked = "yes";
    example.setAttribute("aria-busy", "true");
    tell("ask-request", example.textContent.trim());
    focusQuestion();
  });
  watch(name);
  watch(follow);
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest?.("#conversation")) following = false;
    }, { passive: true });
  }
  let before = { ...state };
  onState(() => {
    document.body.dataset.page = state.conversation ? "conversation" : "empty";
    document.body.dataset.state = state.running ? "running" : "idle";
    delete document.body.dataset.asked;
    document.querySelector("[data-ask][aria-busy]")?.removeAttribute("aria-busy");
    countCharacters();
    if (state.running) {
      find("announcer").textContent = "Answering.";
    } else if (before.running && before.conversation === state.conversation) {
      setTimeout(() => {
        const answers = document.querySelectorAll("#conversation .bot-row .message:last-child .prose");
        find("announcer").textContent = answers.length ? answers[answers.length - 1].textContent : "";
      }, 300);
    }
    if (state.running || before.running || before.conversation !== state.conversation) startFollowing(state.running);
    if (!before.connected) {
      focusQuestion();
      askHandedOver();
    }
    before = { ...state };
  });
}
