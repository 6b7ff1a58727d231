// The review that is open: loaded, kept fresh by asking for its revision, and changed through one function.
import { api } from "./review-api.js";

const PACE = 2000; // milliseconds between two looks at the revision while the page is visible
const SPREAD = 600; // so that fifty browsers do not ask at the same moment

/** What the server told of the review (see docs of GET /reviews/{id}); null while the list is shown. */
export const open = { id: "", view: null, online: true };

const listeners = new Set();
const lineListeners = new Set();
/** Call a function with (view, before) whenever the review was read anew; gives a function that ends it. */
export function onReview(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Call a function whenever the server was lost or found again. */
export const onLine = (listener) => lineListeners.add(listener);

function line(online) {
  if (open.online === online) return;
  open.online = online;
  for (const listener of lineListeners) listener(online);
}

let reading = null;
let again = false;
let timer;

/** Read the review anew; calls in between are joined into one. */
export function refresh() {
  if (!open.id) return Promise.resolve(null);
  if (reading) {
    again = true;
    return reading.then(() => (again ? refresh() : open.view));
  }
  again = false;
  const id = open.id;
  reading = api("GET", `/${id}`)
    .then((view) => {
      line(true);
      if (open.id !== id) return null;
      const before = open.view;
      if (before && (again || before.review.revision > view.review.revision)) return before; // it is read once more
      open.view = view;
      for (const listener of listeners) listener(view, before);
      return view;
    })
    .catch((error) => {
      if (error.away) line(false);
      throw error;
    })
    .finally(() => (reading = null));
  return reading;
}

/** Do something to the open review and read it anew; throws ApiError, a conflict among them. */
export async function send(method, path, body = undefined, options = {}) {
  let done;
  try {
    done = await api(method, `/${open.id}${path}`, body, options);
    line(true);
  } catch (error) {
    if (error.away) line(false);
    if (error.conflict) await refresh().catch(() => null);
    throw error;
  }
  await refresh().catch(() => null); // what was done is done; the next look at the revision reads it
  return done;
}

async function look() {
  clearTimeout(timer);
  if (open.id && document.visibilityState === "visible") {
    try {
      const { revision } = await api("GET", `/${open.id}/revision`);
      line(true);
      if (revision !== open.view?.review.revision) await refresh();
    } catch (error) {
      if (error.away) line(false);
      else if (error.status === 404 && open.view) gone(error.message);
    }
  }
  timer = setTimeout(look, PACE + Math.random() * SPREAD);
}

let gone = () => {};
/** Say what happens when the review was deleted while it is open. */
export const onGone = (listener) => (gone = listener);

/** Open a review; gives its view. */
export async function load(id) {
  if (reading) await reading.catch(() => null);
  Object.assign(open, { id, view: null });
  return refresh();
}

export function leave() {
  Object.assign(open, { id: "", view: null });
}

export function startLooking() {
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  look();
}

/** Who wrote an answer, by the id of the participant. */
export function nameOf(view, person) {
  if (!person) return "The team";
  if (person === view.me.id) return "You";
  return view.review.participants.find((one) => one.id === person)?.name || "Somebody";
}

/** Whether the review takes changes: a finished one is only read. */
export const writable = (view) => view.review.status !== "finished";

/**
 * Make a function that reads what the server works out of a review, with its revision in it, until that is as new as
 * the review that is shown. `here()`: whether the place that shows it still stands; `take(found)` shows it.
 */
export function reader(path, here, take, fail = () => {}) {
  let busy = false;
  return async function read(id) {
    if (busy) return;
    busy = true;
    let found = null;
    try {
      found = await api("GET", `/${id}${path}`);
      if (here() && open.id === id) take(found);
    } catch (error) {
      found = null;
      if (here()) fail(error);
    } finally {
      busy = false;
    }
    if (found && here() && open.view && open.id === id && found.revision < open.view.review.revision) await read(id);
  };
}
