// Starts the Learn page and shows what the address asks for: the start, an area, a concept, a path or the map.
import { onState, start } from "./bridge.js";
import { announce, el, find } from "./dom.js";
import { address, asked, onAddress, startAddress } from "./learn-address.js";
import { load } from "./learn-catalogue.js";
import { showConcept, startText } from "./learn-concept.js";
import { heading, showArea, showHome, showPlaces } from "./learn-home.js";
import { clearMap, showMap } from "./learn-map.js";
import { showPath } from "./learn-path.js";
import { clearSearch, startSearch } from "./learn-search.js";
import { startStatus } from "./status.js";

let turn = 0;
let titled = "";
let moved = false; // whether the reader went somewhere since the page came

function viewOf(at) {
  if (at.view === "map") return "map";
  if (at.concept) return "concept";
  if (at.area) return "area";
  return at.path ? "path" : "home";
}

const SHOW = {
  home: (place) => showHome(place),
  area: (place, at) => showArea(place, at.area),
  path: (place, at) => showPath(place, at.path),
  concept: showConcept,
  map: showMap,
};

function problem(place, error) {
  find("learn-beside").replaceChildren();
  document.body.dataset.view = "trouble";
  place.replaceChildren(heading("This cannot be shown"), el("p", { text: error?.message || "Something went wrong." }),
    el("p", { class: "buttons" }, el("a", { class: "button", href: address(), text: "All areas and paths" })));
  return "Not found";
}

async function route(down = 0) {
  const mine = (turn += 1);
  const at = asked();
  const place = find("learn");
  const view = viewOf(at);
  clearMap();
  clearSearch();
  let shown;
  try {
    await load();
    showPlaces(find("learn-places"), { ...at, view });
    if (view !== "concept") find("learn-beside").replaceChildren();
    document.body.dataset.view = view;
    document.body.dataset.text = "";
    place.setAttribute("aria-busy", "true");
    shown = await SHOW[view](place, at, () => mine === turn);
  } catch (error) {
    if (mine === turn) shown = { title: problem(place, error) };
  }
  if (mine !== turn) return;
  const { title, settled } = typeof shown === "string" ? { title: shown } : shown;
  place.removeAttribute("aria-busy");
  document.title = titled = `${title} – SCM Assistant`;
  find("middle").scrollTop = 0;
  if (moved) {
    find("learn-title")?.focus({ preventScroll: true });
    announce(title);
  }
  moved = true;
  await settled;
  if (mine !== turn) return;
  find("middle").scrollTop = down;
  document.body.dataset.shown = `${view} ${at.concept || at.area || at.path}`.trim();
}

document.body.dataset.page = "learn";
document.body.dataset.view = "";
startStatus();
startAddress();
startSearch();
startText();
onAddress(route);
onState(() => {
  document.body.dataset.state = "idle";
  if (titled) document.title = titled; // Gradio gives the page its own as it starts
});
start();
route(history.state?.down ?? 0);
