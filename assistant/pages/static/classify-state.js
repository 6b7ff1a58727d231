// What stands in the forms of the classification page; the browser keeps it until it is removed.

const KEY = "scm-classify";
const LISTS = ["product", "supply", "purchase"];
export const VIEWS = [...LISTS, "items"];
export const MOST = 12;

const empty = () => ({ name: "", text: "", fields: {} });
const plain = (found) => (found && typeof found === "object" && !Array.isArray(found) ? found : {});
const string = (found) => (typeof found === "string" ? found : "");

function entry(found) {
  const told = plain(found);
  const fields = Object.entries(plain(told.fields)).filter(([, value]) => typeof value === "string");
  return { name: string(told.name), text: string(told.text), fields: Object.fromEntries(fields) };
}

/** One view's entries and which of them is chosen. */
function list(found) {
  const told = plain(found);
  const entries = (Array.isArray(told.entries) ? told.entries : []).slice(0, MOST).map(entry);
  if (!entries.length) entries.push(empty());
  const at = Number.isInteger(told.at) ? Math.min(Math.max(told.at, 0), entries.length - 1) : 0;
  return { at, entries };
}

function stored() {
  try {
    return plain(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return {}; // storage is blocked, or holds something else
  }
}

const kept = stored();
export const state = Object.fromEntries(VIEWS.map((view) => [view, list(kept[view])]));

/** Keep everything; of a table that is too long for the browser's storage, all but its text. */
export function save() {
  const short = { ...state, items: { ...state.items, entries: state.items.entries.map((one) => ({ ...one, text: "" })) } };
  for (const what of [state, short]) {
    try {
      localStorage.setItem(KEY, JSON.stringify(what));
      return;
    } catch {
      // the next one is shorter
    }
  }
}

export const chosen = (view) => state[view].entries[state[view].at];

export function add(view, copied = null) {
  const found = state[view];
  if (found.entries.length >= MOST) return false;
  const made = copied ? { ...structuredClone(copied), name: copied.name ? `${copied.name} (copy)`.slice(0, 60) : "" } : empty();
  found.entries.push(made);
  found.at = found.entries.length - 1;
  return true;
}

/** Remove the chosen entry; the last one is emptied instead. */
export function remove(view) {
  const found = state[view];
  found.entries.splice(found.at, 1);
  if (!found.entries.length) found.entries.push(empty());
  found.at = Math.min(found.at, found.entries.length - 1);
}
