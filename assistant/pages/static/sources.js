// The source panel: opened by a citation, closed by its button or Escape, with the focus given back.
import { onState, tell, watch } from "./bridge.js";

const PLACES = ":is(gradio-app, #review, #quiz)"; // where links to sources stand
let opener = "";
let shown = "";
let held = null; // the link that has the focus

const panel = () => document.getElementById("source-panel");

const linksTo = (href) => [...document.querySelectorAll(`${PLACES} a[href="${href}"]`)];

function close() {
  if (document.body.dataset.source !== "open") return;
  delete document.body.dataset.source;
  const links = linksTo(opener);
  const link = links.find((one) => one.dataset.opened) ?? links[0];
  mark("");
  (link ?? document.querySelector("#question textarea"))?.focus();
}

/** Mark the chips of the source that is open. */
function mark(href) {
  opener = href || opener;
  for (const link of document.querySelectorAll(`${PLACES} a[href^="#source-"]`)) {
    const on = href !== "" && link.getAttribute("href") === href;
    link.classList.toggle("opened", on);
    if (on) link.setAttribute("aria-expanded", "true");
    else link.removeAttribute("aria-expanded");
  }
}

function open(link) {
  const href = link.getAttribute("href");
  document.querySelectorAll("[data-opened]").forEach((one) => delete one.dataset.opened);
  link.dataset.opened = "yes";
  mark(href);
  if (href !== shown) {
    panel().setAttribute("aria-busy", "true");
    shown = href;
    tell("source-request", href.slice("#source-".length));
  }
  document.body.dataset.source = "open";
  panel().scrollTop = 0;
  bringIntoView();
  panel().querySelector("#source-close").focus();
}

/** Scroll to the quoted passage, unless all of it is in sight. */
function bringIntoView() {
  const passage = panel().querySelector("mark, .passage")?.getBoundingClientRect();
  const box = panel().getBoundingClientRect();
  if (passage && passage.bottom > box.bottom) panel().scrollTop += passage.top - box.top - box.height / 4;
}

/** Give Gradio's column the frame of a panel, once it is there. */
function furnish() {
  const place = panel();
  if (!place?.querySelector("#source-text") || place.querySelector("#source-close")) return;
  place.setAttribute("role", "complementary");
  place.setAttribute("aria-label", "Source");
  const head = document.createElement("div");
  head.id = "source-head";
  head.innerHTML =
    '<h2>Source</h2><button type="button" id="source-close" class="icon-button" aria-label="Close the source" title="Close (Esc)"><span class="icon icon-close"></span></button>';
  head.querySelector("button").addEventListener("click", close);
  place.prepend(head);
  let settle;
  new MutationObserver(() => {
    place.removeAttribute("aria-busy");
    for (const link of place.querySelectorAll("a[target]")) link.removeAttribute("target"); // own pages open here
    clearTimeout(settle);
    settle = setTimeout(bringIntoView, 150); // formulas change the height
  }).observe(place.querySelector("#source-text"), { childList: true, subtree: true });
}

/** Give the focus to the new link where the one that had it was drawn anew. */
function keepFocus() {
  if (!held || held.isConnected || document.activeElement !== document.body) return;
  linksTo(held.getAttribute("href"))[0]?.focus();
}

export function startSources() {
  watch(furnish);
  // At once, not with the frame: a key pressed in between would go nowhere.
  new MutationObserver(keepFocus).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
  document.addEventListener("focusin", (event) => (held = event.target.closest('a[href^="#source-"]')));
  document.addEventListener("pointerdown", () => (held = null));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#source-"]');
    if (!link) return;
    event.preventDefault();
    open(link);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
  });
  let conversation = null;
  onState((state) => {
    if (state.conversation === conversation) return;
    conversation = state.conversation;
    shown = "";
    delete document.body.dataset.source;
  });
}
