// Starts the classification page: the forms of four views, worked out while they are filled in.
import { onState, start, tell, toast, watch } from "./bridge.js";
import { exportCsv, exportPng } from "./classify-export.js";
import { follow, lead } from "./classify-sliders.js";
import { add, chosen, MOST, remove, save, state, VIEWS } from "./classify-state.js";
import { find } from "./dom.js";
import { startFigures } from "./figures.js";
import { startSources } from "./sources.js";
import { startStatus } from "./status.js";

const PAUSE = 150; // milliseconds after the last change
const PATIENCE = 8000; // until a request without an answer is given up
const AGAIN = 2000; // until words are tried again that could not be read yet
const LONG_PASTE = 5000; // characters
const LARGEST_FILE = 2_000_000;
const NAMES = { product: "products", supply: "supply", purchase: "purchased-items", items: "stock-items" };
const NOUNS = { product: "Product", supply: "Product", purchase: "Item" };
const EXAMPLE = `SKU\tValue\tJan\tFeb\tMar\tApr\tMay\tJun
Pump P1\t48000\t100\t98\t104\t101\t99\t102
Valve V2\t21500\t60\t85\t44\t70\t92\t51
Motor M3\t14200\t12\t0\t31\t5\t0\t22
Seal kit S4\t6100\t210\t190\t205\t220\t198\t207
Gasket G5\t2900\t80\t20\t140\t65\t10\t120
Bolt B6\t1400\t900\t870\t910\t905\t880\t895
Sensor T7\t1250\t0\t0\t9\t0\t0\t2
Label L8\t600\t50\t90\t20\t75\t65\t30
Spring F9\t450\t0\t12\t0\t0\t11\t0
Cap C10\t200\t30\t28\t33\t31\t29\t30`;
const asked = () => new URLSearchParams(location.search).get("view");

let view = "product";
let due;
let number = 0; // of the last request
let sent = 0; // the one that is on its way, 0 for none
let overdue;
let more = false; // something changed since it was sent
let latest = null;
let spoken = "";
let retry;

const form = () => find(`form-${view}`);
const request = () => ({ view, at: state[view].at, entries: state[view].entries });

/** Send what stands in the forms; one request at a time. */
function workOut() {
  clearTimeout(due);
  save();
  if (sent) {
    more = true;
    return;
  }
  more = false;
  sent = number = Math.max(number + 1, Date.now());
  overdue = setTimeout(answered, PATIENCE);
  find("outcome").setAttribute("aria-busy", "true");
  tell("classify-request", { ...request(), id: sent });
}

/** Make way for the next request: the last one was answered, or failed. */
function answered() {
  clearTimeout(overdue);
  sent = 0;
  find("outcome").removeAttribute("aria-busy");
  if (more) workOut();
}

function workOutSoon() {
  clearTimeout(due);
  due = setTimeout(workOut, PAUSE);
}

/** Put the chosen entry into the form. */
function fill() {
  const entry = chosen(view);
  for (const box of form().querySelectorAll("[name]")) {
    const value = ["name", "text"].includes(box.name) ? entry[box.name] : (entry.fields[box.name] ?? "");
    if (box.value !== value) box.value = value;
    if (box.tagName === "SELECT" && box.selectedIndex < 0) box.selectedIndex = 0;
    tellBox(box, "");
    follow(box);
  }
  for (const details of form().querySelectorAll("details")) {
    if ([...details.querySelectorAll("[name]")].some((box) => box.value)) details.open = true;
  }
  if (view !== "items") {
    const place = state[view].at + 1;
    find(`${view}-name`).placeholder = `${NOUNS[view]} ${place}`;
  }
  list();
}

/** Keep what was typed into a box. */
function keep(box) {
  const entry = chosen(view);
  if (["name", "text"].includes(box.name)) entry[box.name] = box.value;
  else if (box.value) entry.fields[box.name] = box.value;
  else delete entry.fields[box.name];
  if (box.name === "name") list();
}

/** Show the entries of a view as buttons, with what they were classified as. */
function list(marks = null) {
  if (view === "items") return;
  const place = form().querySelector(".entries ul");
  const before = [...place.querySelectorAll("small")].map((one) => one.textContent);
  const focused = [...place.querySelectorAll("button")].indexOf(document.activeElement);
  place.replaceChildren(
    ...state[view].entries.map((entry, at) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.at = at;
      button.setAttribute("aria-pressed", String(at === state[view].at));
      const name = document.createElement("span");
      name.textContent = `${at + 1} ${entry.name.trim() || `${NOUNS[view]} ${at + 1}`}`;
      const mark = document.createElement("small");
      mark.textContent = (marks ?? before)[at] ?? "";
      button.append(name, mark);
      row.append(button);
      return row;
    }),
  );
  if (focused >= 0) place.querySelectorAll("button")[focused]?.focus();
  const full = state[view].entries.length >= MOST;
  for (const kind of ["add", "copy"]) form().querySelector(`[data-do="${kind}"]`).disabled = full;
}

function tellBox(box, wrong) {
  const place = find(`${view}-${box.name}-error`);
  if (!place) return;
  if (place.textContent !== wrong) place.textContent = wrong;
  if (wrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
  if (wrong) box.closest("details")?.setAttribute("open", "");
}

/** Where the verdict is out of sight, show it in a line at the page's foot. */
function showLine() {
  const box = document.querySelector("#classify-verdict h2")?.getBoundingClientRect();
  const away = box && (box.top > innerHeight - 40 || box.bottom < find("middle").getBoundingClientRect().top);
  find("live").toggleAttribute("data-away", Boolean(away));
}

/** Take in what the server told with a result. */
function take() {
  const told = find("told");
  if (!told || told === latest) return;
  latest = told;
  if (Number(told.dataset.id) === sent) answered();
  clearTimeout(retry);
  if (told.dataset.waiting) retry = setTimeout(workOut, AGAIN);
  if (told.dataset.view !== view || Number(told.dataset.at) !== state[view].at) return;
  for (const box of form().querySelectorAll("[name]")) {
    tellBox(box, told.querySelector(`[data-error="${box.name}"]`)?.textContent ?? "");
  }
  list([...told.querySelectorAll("[data-mark]")].map((one) => one.textContent));
  const question = told.querySelector("[data-question]").textContent;
  find("ask-chat").disabled = !question;
  find("export-csv").disabled = !told.dataset.done;
  find("export-png").disabled = !told.dataset.figure;
  const headline = told.querySelector("[data-headline]").textContent;
  if (headline !== spoken) find("announcer").textContent = headline;
  spoken = headline;
  find("live").textContent = headline;
  showLine();
}

function show(wanted) {
  view = VIEWS.includes(wanted) ? wanted : "product";
  document.body.dataset.view = view;
  for (const one of document.querySelectorAll("#forms form")) one.hidden = one !== form();
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${document.querySelector("#views [aria-current]").textContent} – SCM Assistant`;
  fill();
  workOut();
}

function change(what) {
  if (what === "add" || what === "copy") {
    if (!add(view, what === "copy" ? chosen(view) : null)) return;
  } else if (what === "remove") {
    remove(view);
  } else if (what === "example") {
    if (chosen("items").text.trim() && !confirm("Put the example in the place of your table?")) return;
    chosen("items").text = EXAMPLE;
  }
  list([]);
  fill();
  if (what !== "example") find(`${view}-name`).focus();
  workOut();
}

async function openFile(box) {
  const [file] = box.files;
  box.value = "";
  if (!file) return;
  const place = find("items-file-error");
  place.textContent = "";
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) {
    place.textContent = `${file.name} is no .csv, .tsv or .txt file: save the sheet as CSV first.`;
  } else if (file.size > LARGEST_FILE) {
    place.textContent = `${file.name} has ${(file.size / 1e6).toFixed(1)} MB, more than 2 MB: leave out columns, or take it in parts.`;
  } else {
    const bytes = new Uint8Array(await file.arrayBuffer());
    chosen("items").text = decoded(bytes);
    fill();
    workOut();
  }
}

/** The text of a file: UTF-8 or UTF-16, and where it is neither, as spreadsheets on Windows write it. */
function decoded(bytes) {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe && "utf-16le") || (bytes[0] === 0xfe && bytes[1] === 0xff && "utf-16be");
  try {
    return new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function askChat() {
  try {
    sessionStorage.setItem("scm-ask", find("told").querySelector("[data-question]").textContent);
    location.href = "/";
  } catch {
    toast("This browser keeps nothing between two pages, so the chat cannot be handed the question.");
  }
}

function clicked(event) {
  const target = event.target.closest?.("button, #views a, #live");
  if (!target) return;
  if (target.matches("#views a")) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", target.href);
    show(target.dataset.view);
  } else if (target.id === "live") {
    event.preventDefault();
    find("classify-verdict").scrollIntoView();
  } else if (target.dataset.at) {
    state[view].at = Number(target.dataset.at);
    fill();
    workOut();
  } else if (target.dataset.do) {
    change(target.dataset.do);
  } else if (target.dataset.clear) {
    const box = find(target.dataset.clear);
    box.value = "";
    follow(box);
    keep(box);
    box.focus();
    workOut();
  } else if (target.id === "ask-chat") {
    askChat();
  } else if (target.id === "export-csv") {
    exportCsv(request(), NAMES[view]);
  } else if (target.id === "export-png") {
    exportPng(NAMES[view]);
  }
}

function typed(event) {
  const box = event.target;
  if (!box.closest?.("#forms") || box.type === "file") return;
  if (box.matches(".slide")) {
    keep(lead(box));
  } else if (box.name) {
    follow(box);
    keep(box);
  }
  workOutSoon();
}

/** Put a long table in at once: browsers take half a minute to paste ten thousand lines one by one. */
function paste(event) {
  const box = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (box.id !== "items-text" || text.length < LONG_PASTE) return;
  event.preventDefault();
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.body.dataset.page = "classify";
document.addEventListener("paste", paste);
document.addEventListener("click", clicked);
document.addEventListener("input", typed);
document.addEventListener("submit", (event) => {
  event.preventDefault();
  workOut();
});
find("items-file").addEventListener("change", (event) => openFile(event.target));
find("middle").addEventListener("scroll", showLine, { passive: true });
addEventListener("popstate", () => show(asked()));
addEventListener("pagehide", save);
startStatus();
startSources();
startFigures();
show(asked());
onState(() => {
  document.body.dataset.state = "idle";
});
watch(take);
start();
