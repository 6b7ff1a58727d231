// Starts the metrics page: the list to choose from, the form that is worked out while it is typed in.
import { onState, start, tell, toast, watch } from "./bridge.js";
import { find } from "./dom.js";
import { startFigures } from "./figures.js";
import { startSources } from "./sources.js";
import { startStatus } from "./status.js";

const PAUSE = 180; // milliseconds after the last key
const LONGEST_ADDRESS = 4000;
const phone = matchMedia("(max-width: 860px)");
let typing;
let focusNext = ""; // what gets the focus once another form stands in the place of `replaced`
let replaced = null;
let latest = null;
let spoken = "";

const form = () => find("metric-form");

/** What stands in the form, by the names that the address uses too. */
function texts() {
  const found = {};
  for (const box of form().querySelectorAll("[name]")) {
    const value = box.type === "checkbox" ? (box.checked ? box.value : "") : box.value;
    if (value.trim()) found[box.name] = value;
  }
  for (const unit of form().querySelectorAll(".time-unit")) {
    if (found[unit.dataset.for]) found[`${unit.dataset.for}.unit`] = unit.value;
  }
  if (find("form-period")) found.period = find("form-period").value;
  if (find("form-money")) found.money = find("form-money").value;
  return found;
}

function addressOf(metric, found) {
  const address = `/metrics?${new URLSearchParams({ metric, ...found })}`;
  return address.length > LONGEST_ADDRESS ? `/metrics?metric=${metric}` : address;
}

function workOut(whole = false) {
  clearTimeout(typing);
  if (!form()) return;
  const metric = form().dataset.metric;
  const found = texts();
  history.replaceState(null, "", addressOf(metric, found));
  const change = Number(find("what-if-change")?.value ?? 0);
  tell("form-request", { metric, texts: found, whole, change, input: find("what-if-input")?.value ?? "" });
}

function workOutSoon() {
  clearTimeout(typing);
  typing = setTimeout(workOut, PAUSE);
}

function openList(shown) {
  document.body.dataset.list = shown ? "open" : "closed";
  find("list-toggle").setAttribute("aria-expanded", String(shown));
}

function choose(metric, found = {}) {
  clearTimeout(typing);
  focusNext = "metric-name";
  replaced = form();
  if (phone.matches) openList(!metric);
  tell("form-request", { metric, texts: found, whole: true });
}

function search() {
  const words = find("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const family of document.querySelectorAll("#metric-families section")) {
    let any = false;
    for (const item of family.querySelectorAll("li")) {
      item.hidden = !words.every((word) => item.dataset.words.includes(word));
      any ||= !item.hidden;
      found += item.hidden ? 0 : 1;
    }
    family.hidden = !any;
  }
  find("no-metric").textContent = found ? "" : "No metric is called that.";
}

/** Put a text where it belongs, and say of a box whether it is wrong. */
function tellInputs(told) {
  for (const box of form().querySelectorAll("[name]")) {
    const wrong = told.querySelector(`[data-error="${box.name}"]`)?.textContent ?? "";
    const read = told.querySelector(`[data-read="${box.name}"]`)?.textContent ?? "";
    find(`${box.id}-error`).textContent = wrong;
    if (wrong) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
    const plain = /^\d+(\.\d+)?$/.test(box.value.trim()) && !read.includes("%");
    box.closest(".field").dataset.read = read && !plain && box.type === "text" ? `Read as ${read}` : "";
  }
}

/** Offer for the slider the numbers that are filled in. */
function offerChanges(told) {
  const section = find("what-if");
  if (!section) return;
  const options = [...find("what-if-input").options];
  for (const option of options) option.hidden = option.disabled = !told.querySelector(`[data-read="${option.value}"]`);
  const left = options.filter((option) => !option.hidden);
  section.hidden = !told.dataset.done || !left.length;
  if (left.length && find("what-if-input").selectedOptions[0]?.hidden !== false) find("what-if-input").value = left[0].value;
  find("what-if-result").textContent = told.querySelector("[data-what-if]").textContent;
}

/** Where the result is out of sight, show it in a line at the page's foot. */
function showLine() {
  const box = document.querySelector(".result-value, .lacking")?.getBoundingClientRect();
  const away = box && (box.top > innerHeight - 40 || box.bottom < find("middle").getBoundingClientRect().top);
  find("live").toggleAttribute("data-away", Boolean(away));
}

/** Take in what the server told with a result. */
function take() {
  if (focusNext && form() !== replaced) {
    find(focusNext)?.focus({ preventScroll: focusNext !== "metric-name" });
    if (focusNext === "metric-name") find("middle").scrollTop = 0;
    focusNext = "";
  }
  if (told() === latest) return;
  latest = told();
  mark();
  if (!latest || form()?.dataset.metric !== latest.dataset.metric) return;
  tellInputs(latest);
  offerChanges(latest);
  if (find("continue-chat")) find("continue-chat").disabled = !latest.dataset.done;
  const headline = latest.querySelector("[data-headline]").textContent;
  if (headline !== spoken) find("announcer").textContent = headline;
  spoken = headline;
  find("live").textContent = latest.dataset.done ? headline : "";
  showLine();
}

const told = () => find("told");

/** Mark the metric that is shown in the list, and in the address if it is a new one. */
function mark() {
  const metric = form()?.dataset.metric ?? "";
  for (const link of document.querySelectorAll("#metric-families a")) {
    if (link.dataset.metric === metric) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = metric ? `${find("metric-name")?.textContent} – SCM Assistant` : "Metrics – SCM Assistant";
  find("list-toggle").textContent = metric ? "Choose another metric" : "Choose a metric";
}

function continueInChat() {
  try {
    sessionStorage.setItem("scm-ask", told().querySelector("[data-question]").textContent);
    location.href = "/";
  } catch {
    toast("This browser keeps nothing between two pages, so the chat cannot be handed the question.");
  }
}

function listen() {
  find("metric-families").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    choose(link.dataset.metric);
  });
  find("search").addEventListener("input", search);
  find("search").addEventListener("keydown", (event) => {
    const first = document.querySelector("#metric-families section:not([hidden]) li:not([hidden]) a");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) first.focus();
  });
  find("middle").addEventListener("scroll", showLine, { passive: true });
  find("live").addEventListener("click", (event) => {
    event.preventDefault();
    find("metric-result").scrollIntoView();
  });
  find("list-toggle").addEventListener("click", () => openList(document.body.dataset.list !== "open"));
  addEventListener("popstate", () => {
    const { metric = "", ...found } = Object.fromEntries(new URLSearchParams(location.search));
    choose(metric, found);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "what-if-change") {
      find("what-if-percent").textContent = `${event.target.value > 0 ? "+" : ""}${event.target.value} %`;
      workOutSoon();
    } else if (event.target.closest?.("#metric-form") && !["form-period", "form-money"].includes(event.target.id)) workOutSoon();
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "what-if-input") workOut();
    if (!["form-period", "form-money"].includes(event.target.id)) return;
    focusNext = event.target.id;
    replaced = form();
    workOut(true); // the units behind the boxes change too
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    workOut();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#continue-chat")) continueInChat();
  });
}

document.body.dataset.page = "metrics";
openList(!phone.matches || !new URLSearchParams(location.search).get("metric"));
phone.addEventListener("change", () => openList(!phone.matches || !form()));
listen();
startStatus();
startSources();
startFigures();
onState(() => {
  document.body.dataset.state = "idle";
});
watch(take);
start();
