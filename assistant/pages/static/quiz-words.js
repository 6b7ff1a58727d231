// The words of the quiz page: kinds of question, outcomes with their signs, when a question comes again, addresses.

/** What the kinds of question are called. */
export const KINDS = {
  choice: "Multiple choice",
  true_false: "True or false",
  term: "Name the concept",
  difference: "Tell two concepts apart",
  number: "Work out a number",
  recall: "Open question",
};

/** Outcomes: a sign, so that nothing is told by colour alone, and the word for it. */
export const OUTCOMES = {
  right: { sign: "✓", word: "Right" },
  wrong: { sign: "✗", word: "Not right" },
  revealed: { sign: "→", word: "Answer shown" },
  skipped: { sign: "–", word: "Skipped" },
};

const DAY = 86_400_000;
const date = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** When a question comes again: "in 10 minutes", "tomorrow", "in 12 days (Sat, 5 Dec)". */
export function comesAgain(iso) {
  const at = new Date(iso);
  const away = at - Date.now();
  if (Number.isNaN(away)) return "";
  if (away < 60_000) return "now";
  if (away < 90 * 60_000) return `in ${Math.round(away / 60_000)} minutes`;
  const today = new Date();
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - today.setHours(0, 0, 0, 0)) / DAY);
  if (days === 0) return `today at ${clock.format(at)}`;
  if (days === 1) return "tomorrow";
  return `in ${days} days (${date.format(at)})`;
}

export const learnAddress = (slug) => `/learn?concept=${encodeURIComponent(slug)}`;
export const quizAddress = (id) => `/quiz?id=${encodeURIComponent(id)}`;

/** What the address asks for. */
export function asked() {
  const told = new URLSearchParams(location.search);
  const part = (name) => told.get(name) ?? "";
  return { id: part("id"), area: part("area"), concept: part("concept"), path: part("path"), due: told.has("due") };
}
