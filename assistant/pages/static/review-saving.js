// What is typed as an answer: kept in this browser until the server has acknowledged it, and sent again when it is back.
import { timeNow } from "./dom.js";
import { api } from "./review-api.js";
import { onLine, open, refresh } from "./review-state.js";

const STEM = "scm-review-draft:";
const PAUSE = 3000; // milliseconds after the last key until it is sent unasked
const AGAIN = 3000; // until the next try while the server is away

const memory = new Map(); // what the browser's storage does not take, for as long as the page stands
const sending = new Map(); // key: promise
const timers = new Map();
const states = new Map(); // key: {kind, message, wrong, current, at}
const listeners = new Set();

export const keyOf = (review, question, team) => `${STEM}${review}:${question}:${team ? "team" : "own"}`;

/** Call a function with a key whenever the state of a draft changes; gives a function that ends it. */
export function onSaving(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const stateOf = (key) => states.get(key) ?? { kind: draftOf(key) ? "typing" : "" };

function tell(key, state) {
  states.set(key, state);
  for (const listener of listeners) listener(key);
}

/** What is typed and not acknowledged, or null: {review, question, team, given, version, edit}. */
export function draftOf(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return found && typeof found === "object" && found.given && typeof found.review === "string" ? found : null;
  } catch {
    return null;
  }
}

function put(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    memory.delete(key);
  } catch {
    memory.set(key, draft); // storage is blocked or full
  }
}

export function drop(key) {
  memory.delete(key);
  clearTimeout(timers.get(key));
  try {
    localStorage.removeItem(key);
  } catch {
    // storage is blocked, so there is nothing in it
  }
}

function keys() {
  const found = new Set(memory.keys());
  try {
    for (let place = 0; place < localStorage.length; place += 1) {
      const key = localStorage.key(place);
      if (key.startsWith(STEM)) found.add(key);
    }
  } catch {
    // storage is blocked
  }
  return [...found];
}

/** How many answers of a review are not acknowledged. */
export const waiting = (review) => keys().filter((key) => key.startsWith(`${STEM}${review}:`)).length;

let edits = 0;
/** Keep what is typed; it is sent after a pause. `version` is that of the answer it stands on. */
export function type(review, question, team, given, version) {
  const key = keyOf(review, question, team);
  const held = states.get(key)?.kind === "conflict" ? states.get(key) : null;
  put(key, { review, question, team, given, version, edit: `${Date.now()}.${(edits += 1)}` });
  if (held) return; // it stays unsent until the reader has chosen
  tell(key, { kind: "typing" });
  later(key, PAUSE);
}

function later(key, wait) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => save(key), wait));
}

const blank = (given) => !given.unknown && given.maturity === null && !given.evidence.trim() && !given.comment.trim() && isBlank(given.value);
const isBlank = (value) => value === null || value === "" || (Array.isArray(value) && !value.length);

const same = (given, current) => current !== null && ["unknown", "maturity", "evidence", "comment"].every((part) => given[part] === current[part]) &&
  (JSON.stringify(given.value) === JSON.stringify(current.value) || String(given.value ?? "") === String(current.value ?? ""));

function request(draft) {
  const path = `/${draft.review}/answers/${encodeURIComponent(draft.question)}`;
  if (!blank(draft.given)) return api("PUT", path, { given: draft.given, version: draft.version, team: draft.team });
  return draft.version ? api("DELETE", `${path}?version=${draft.version}&team=${draft.team}`) : Promise.resolve(null);
}

/** Send a draft now; `committed`: the reader has left the field, so that a blank one withdraws the answer. */
export function save(key, committed = false) {
  clearTimeout(timers.get(key));
  const busy = sending.get(key);
  if (busy) return busy.then(() => (draftOf(key) ? save(key, committed) : undefined));
  const draft = draftOf(key);
  if (!draft || states.get(key)?.kind === "conflict") return Promise.resolve();
  if (blank(draft.given) && !committed) return Promise.resolve();
  tell(key, { kind: "saving" });
  const job = request(draft)
    .then((answer) => acknowledged(key, draft, answer), (error) => failed(key, draft, error))
    .finally(() => sending.delete(key));
  sending.set(key, job);
  return job;
}

function acknowledged(key, draft, answer) {
  const now = draftOf(key);
  if (now && now.edit !== draft.edit) {
    put(key, { ...now, version: answer?.version ?? 0 });
    tell(key, { kind: "typing", answer });
    later(key, PAUSE);
  } else {
    drop(key);
    tell(key, { kind: "saved", at: timeNow(), answer });
  }
  if (open.id === draft.review) return refresh().catch(() => null);
  return undefined;
}

function failed(key, draft, error) {
  if (error.away) {
    tell(key, { kind: "away", message: error.message });
    later(key, AGAIN);
  } else if (error.conflict) {
    if (same(draft.given, error.current)) return acknowledged(key, draft, error.current); // only the acknowledgement was lost
    tell(key, { kind: "conflict", message: error.message, current: error.current });
    refresh().catch(() => null);
  } else {
    tell(key, { kind: "wrong", message: error.message, wrong: error.wrong });
  }
  return undefined;
}

/** Decide a conflict: "mine" is sent on top of theirs, "theirs" drops mine. */
export function decide(key, choice) {
  const { current } = states.get(key) ?? {};
  const draft = draftOf(key);
  states.delete(key);
  if (choice === "theirs" || !draft) {
    drop(key);
    tell(key, { kind: "" });
    return Promise.resolve();
  }
  put(key, { ...draft, version: current?.version ?? 0 });
  return save(key, true);
}

/** Mark a draft as standing against a newer answer, before it is even sent. */
export function oppose(key, message, current) {
  clearTimeout(timers.get(key));
  if (!sending.has(key)) tell(key, { kind: "conflict", message, current });
}

/** Send everything that waits. */
export const saveAll = () => Promise.all(keys().map((key) => save(key, true)));

export function startSaving() {
  for (const key of keys()) later(key, 500);
  onLine((online) => online && saveAll());
  addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
}
