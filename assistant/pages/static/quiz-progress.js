// Progress: what is due now and in the next days, how far each area has come, what is weak, and starting over.
import { ask, button, el, plural } from "./dom.js";
import { api } from "./quiz-api.js";
import { during, trouble } from "./quiz-parts.js";
import { learnAddress } from "./quiz-words.js";

const SVG = "http://www.w3.org/2000/svg";
const HIGH = 110;
const BAR = 30;
const GAP = 10;
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const long = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const percent = (share) => `${Math.round(share * 100)}%`;

function shape(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** Bars of how many questions come back on each day, each with its number above and its day below. */
function bars(days) {
  const most = Math.max(1, ...days.map(([, count]) => count));
  const wide = days.length * (BAR + GAP) - GAP;
  const parts = days.flatMap(([day, count], place) => {
    const x = place * (BAR + GAP);
    const high = count ? Math.max(3, Math.round((HIGH * count) / most)) : 1;
    const at = new Date(`${day}T00:00:00Z`);
    return [
      shape("rect", { x, y: 20 + HIGH - high, width: BAR, height: high, rx: count ? 4 : 0, class: count ? "bar" : "bar none" }),
      count ? shape("text", { x: x + BAR / 2, y: 14 + HIGH - high, class: "count" }, String(count)) : "",
      shape("text", { x: x + BAR / 2, y: HIGH + 38, class: place ? "day" : "day today" }, place ? weekday.format(at).slice(0, 2) : "Now"),
      shape("text", { x: x + BAR / 2, y: HIGH + 54, class: "day" }, String(at.getUTCDate())),
    ].filter(Boolean);
  });
  const all = days.reduce((sum, [, count]) => sum + count, 0);
  const picture = shape("svg", { viewBox: `0 0 ${wide} ${HIGH + 60}`, role: "img", "aria-label": `${plural(all, "question")} ${all === 1 ? "comes" : "come"} again in the next ${days.length} days. The table below has the numbers.`, class: "due-bars" });
  picture.append(...parts);
  return picture;
}

function comingDays(progress) {
  const days = progress.due_by_day;
  if (!days.some(([, count]) => count)) return el("p", { class: "quiet", text: "Nothing comes again in the next 14 days." });
  return el("figure", {}, bars(days), el("details", {}, el("summary", { text: "The numbers as a table" }),
    el("table", { class: "plain" }, el("thead", {}, el("tr", {}, el("th", { scope: "col", text: "Day" }), el("th", { scope: "col", text: "Questions" }))),
      el("tbody", {}, days.filter(([, count]) => count).map(([day, count]) => el("tr", {}, el("th", { scope: "row", text: long.format(new Date(`${day}T00:00:00Z`)) }), el("td", { text: count })))))));
}

function stat(number, words) {
  return el("div", { class: "stat" }, el("b", { text: number }), el("span", { text: words }));
}

function areaRow(area) {
  const share = area.of ? area.seen / area.of : 0;
  const bar = el("span", { class: "share", "aria-hidden": "true" }, el("span"));
  bar.firstChild.style.width = percent(share);
  return el("tr", { data: { area: area.area } },
    el("th", { scope: "row" }, el("a", { href: `/quiz?area=${encodeURIComponent(area.area)}`, text: area.name })),
    el("td", {}, bar, `${area.seen} of ${area.of}`),
    el("td", { text: area.right_share === null ? "–" : percent(area.right_share) }),
    el("td", { text: area.due || "–" }));
}

function areaTable(areas) {
  return el("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": "Progress by area" },
    el("table", { class: "plain areas" }, el("thead", {}, el("tr", {}, ["Area", "Concepts asked", "Right", "Due"].map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, areas.map(areaRow))));
}

async function startOver(place, again) {
  const parts = [el("p", { text: "Your answers, the schedule of what comes again, quizzes you left and the concepts you ticked as read are deleted. This cannot be undone." })];
  if (await ask("Start over?", parts, [{ label: "Keep my progress", value: "", autofocus: true }, { label: "Delete my progress", value: "delete", kind: "danger" }]) !== "delete") return;
  await during([], place, async () => {
    await api("DELETE");
    await again();
  });
}

/** The concepts that are most often answered wrong; "" where there are none. */
export function weakest(progress) {
  if (!progress.weakest.length) return "";
  return el("section", { class: "card" }, el("h2", { text: "Weakest concepts" }), el("ul", { class: "weakest" }, progress.weakest.map((one) =>
    el("li", {}, el("a", { href: learnAddress(one.slug), text: one.title }), el("small", { class: "quiet", text: `${percent(one.share)} of ${plural(one.answered, "answer")} right` }),
      el("a", { class: "button small", href: `/quiz?concept=${encodeURIComponent(one.slug)}`, "aria-label": `Quiz on ${one.title}`, text: "Quiz" })))));
}

/** What somebody has learned so far; `acts`: due() begins a quiz of what is due, again() shows the page anew. */
export function progressShown(progress, acts) {
  const told = trouble();
  const due = button(`Repeat ${plural(progress.due_now, "question")}`, () => during([due], told, acts.due), { kind: "primary" });
  const begun = progress.answered > 0;
  return el("section", { class: "progress", "aria-labelledby": "progress-title" },
    el("div", { class: "card" }, el("h2", { id: "progress-title", text: "Your progress" }),
      el("div", { class: "stats" },
        stat(progress.due_now, "due now"),
        stat(progress.answered, "answered"),
        stat(begun ? percent(progress.right / progress.answered) : "–", "right"),
        stat(progress.days_in_a_row, progress.days_in_a_row === 1 ? "day in a row" : "days in a row")),
      progress.due_now ? el("p", { class: "buttons" }, due) : "", told,
      el("h3", { text: "What comes again in the next 14 days" }),
      begun ? comingDays(progress) : el("p", { class: "quiet", text: "Each answer sets when its question comes again: soon if it was wrong, later each time it was right." })),
    el("div", { class: "card" }, el("h2", { text: "Areas" }), areaTable(progress.areas),
      begun ? el("p", { class: "buttons start-over" }, button("Start over…", () => startOver(told, acts.again), { kind: "danger" })) : ""));
}
