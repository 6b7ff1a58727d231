// Searches the names of concepts while they are typed: by keys up, down and Enter too.
import { button, el, find, plural } from "./dom.js";
import { address, go } from "./learn-address.js";
import { area, findHere, findThere, fold } from "./learn-catalogue.js";
import { askInChat } from "./learn-ask.js";

const MOST = 12;
const PAUSE = 150; // milliseconds before the server is asked
let asked = 0;
let later;

const box = () => find("search");
const list = () => document.querySelector("#search-results ul");
const links = () => [...list().querySelectorAll("a, button")];

/** The alias that made a concept be found, if its title does not show it. */
function otherName(one, typed) {
  const text = fold(typed);
  if (one.names[0].includes(text)) return "";
  const place = one.names.findIndex((name) => name.startsWith(text));
  return place > 0 ? one.aliases[place - 1] : "";
}

function row(one, typed) {
  const alias = otherName(one, typed);
  return el("li", {}, el("a", { href: address({ concept: one.slug }) }, el("b", { text: one.title }),
    el("small", { text: alias ? `also called ${alias}` : area(one.area).name })));
}

function show(found, typed) {
  const shown = found.slice(0, MOST);
  const more = found.length > MOST ? `The first ${MOST} of ${plural(found.length, "concept")}.` : plural(found.length, "concept");
  find("search-said").textContent = found.length ? more : "No concept is called that.";
  list().replaceChildren(...shown.map((one) => row(one, typed)),
    el("li", { class: "ask-row" }, button(`Ask the chat: “${typed.trim()}”`, () => askInChat(typed.trim()))));
}

async function search() {
  clearTimeout(later);
  const typed = box().value;
  const mine = (asked += 1);
  const searching = Boolean(typed.trim());
  find("search-results").hidden = !searching;
  document.body.dataset.search = searching ? "yes" : "";
  if (!searching) return;
  const { found, sure } = findHere(typed);
  if (sure) {
    show(found, typed);
    return;
  }
  later = setTimeout(async () => {
    const forgiven = await findThere(typed).catch(() => []);
    if (mine === asked) show([...new Set([...forgiven, ...found])], typed);
  }, PAUSE);
}

export function clearSearch() {
  if (!box().value) return;
  box().value = "";
  search();
}

/** Move the focus by one result; upward from the first it returns to the box. */
function step(event, by) {
  const all = links();
  const place = all.indexOf(document.activeElement) + by;
  event.preventDefault();
  (place < 0 ? box() : all[Math.min(place, all.length - 1)])?.focus();
}

export function startSearch() {
  box().addEventListener("input", search);
  find("learn-nav").addEventListener("keydown", (event) => {
    if (find("search-results").hidden) return;
    if (event.key === "ArrowDown") step(event, 1);
    else if (event.key === "ArrowUp" && event.target !== box()) step(event, -1);
    else if (event.key === "Escape") {
      clearSearch();
      box().focus();
    } else if (event.key === "Enter" && event.target === box()) {
      const first = list().querySelector("a");
      if (first) go(first.getAttribute("href"));
    }
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box().focus();
  });
}
