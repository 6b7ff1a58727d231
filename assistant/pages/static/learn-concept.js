// A concept's page: its head, the text that Gradio renders, and beside it the links both ways and the way to the chat.
import { tell, watch } from "./bridge.js";
import { el, find, plural } from "./dom.js";
import { address } from "./learn-address.js";
import { askInChat } from "./learn-ask.js";
import { area, concept, fetchJson } from "./learn-catalogue.js";
import { heading, trail } from "./learn-home.js";
import { pathStrip, readBox } from "./learn-path.js";

const PATIENCE = 20_000; // milliseconds
const MOST = 8; // links of a list before it is folded
let wanted = "";
let arrived = () => {};

/** Make a question stand on its own: one that does not name the concept gets its name before it. */
export function standingAlone(typed, one) {
  const question = typed.trim();
  if (!question) return `What is ${one.title}?`;
  const text = ` ${question.toLowerCase()} `;
  return [one.title, ...one.aliases].some((name) => text.includes(name.toLowerCase())) ? question : `${one.title}: ${question}`;
}

function askForm(one, asked) {
  const box = el("input", { type: "text", id: "ask-text", maxlength: "300", autocomplete: "off", placeholder: `What is ${one.title}?` });
  const form = el("form", { id: "ask-form" }, el("label", { for: "ask-text", text: "Ask about this" }), box,
    el("button", { type: "submit", class: "button primary", text: "Ask in the chat" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askInChat(standingAlone(box.value, one));
  });
  return el("div", { class: "ask" }, form,
    asked.length ? el("div", { class: "asked" }, el("p", { text: "For example:" }), el("ul", {}, asked.map((question) =>
      el("li", {}, el("button", { type: "button", onclick: () => askInChat(standingAlone(question, one)), text: question }))))) : "");
}

const link = (slug) => el("a", { href: address({ concept: slug }), text: concept(slug)?.title ?? slug });

function linkList(title, slugs, words = new Map()) {
  if (!slugs.length) return "";
  const row = (slug) => el("li", {}, link(slug), words.get(slug) ? el("p", { text: words.get(slug) }) : "");
  const first = slugs.slice(0, MOST);
  const rest = slugs.slice(MOST);
  return el("section", {}, el("h2", { text: title }), el("ul", {}, first.map(row)),
    rest.length ? el("details", {}, el("summary", { text: `${rest.length} more` }), el("ul", {}, rest.map(row))) : "");
}

function showBeside(place, found, one) {
  const compared = found.compared.map(({ slug }) => slug);
  const theirs = found.compared_by.filter(({ slug }) => !compared.includes(slug));
  const words = new Map(theirs.map((other) => [other.slug, other.words]));
  const near = new Set([...compared, ...words.keys(), ...found.mentioned, ...found.mentioned_by]);
  place.replaceChildren(
    askForm(one, found.asked),
    el("aside", { class: "links", "aria-label": "Links" },
      el("p", { class: "map-link" }, el("a", { class: "button", href: address({ view: "map", concept: one.slug }), text: `Map of its ${plural(near.size, "link")}` })),
      linkList("Compared with", compared), linkList("Mentions", found.mentioned),
      linkList("Compared by others", [...words.keys()], words), linkList("Mentioned by", found.mentioned_by)));
}

const formLinks = (metrics) => metrics.slice(0, MOST).map((metric, place) =>
  [place ? ", " : "", el("a", { href: `/metrics?metric=${encodeURIComponent(metric.id)}`, text: metric.name })]);

/** Show a concept; `settled` resolves when its text stands in the page. `current` says whether it is still wanted. */
export async function showConcept(place, at, current) {
  const known = concept(at.concept);
  const beside = find("learn-beside");
  beside.replaceChildren();
  const found = await fetchJson(`/learning/concepts/${encodeURIComponent(at.concept)}`);
  if (!current()) return { title: "" };
  const one = known ?? concept(found.slug);
  const forms = el("p", { class: "forms" }, "Work it out: ", formLinks(found.metrics));
  place.replaceChildren(
    trail([area(one.area).name, address({ area: one.area })]), pathStrip(at.path, one.slug), heading(one.title),
    one.aliases.length ? el("p", { class: "aliases", text: `Also called: ${one.aliases.join(", ")}` }) : "",
    el("p", { class: "buttons" },
      el("button", { type: "button", class: "button", id: "ask-about", onclick: () => find("ask-text").focus(), text: "Ask about this" }),
      el("a", { class: "button", href: `/quiz?concept=${encodeURIComponent(one.slug)}`, text: "Quiz me on this" }),
      el("span", { class: "read-tick" }, readBox(one.slug, "I have read this"))),
    found.metrics.length ? forms : "");
  showBeside(beside, found, one);
  return { title: one.title, settled: showText(one.slug, place) };
}

/** Have Gradio render the text; resolves when it stands in the page, or when it is late. */
async function showText(slug, place) {
  wanted = slug;
  const here = new Promise((resolve) => (arrived = resolve));
  document.body.dataset.text = "waiting";
  settle();
  if (document.body.dataset.text === "waiting") tell("concept-request", slug);
  const late = new Promise((resolve) => setTimeout(() => resolve("late"), PATIENCE));
  if ((await Promise.race([here, late])) !== "late" || wanted !== slug || document.body.dataset.text === "here") return;
  place.append(el("p", { class: "trouble", role: "alert", text: "The text did not come. Is the server still running? Reload the page to try again." }));
}

/** Show the text once it is that of the concept wanted. */
function settle() {
  const shown = document.querySelector("#concept-text .article-of");
  if (!wanted || !shown?.classList.contains(`of-${wanted}`) || document.body.dataset.text === "here") return;
  document.body.dataset.text = "here";
  arrived();
}

export const startText = () => watch(settle);
