// Starts the review page: the list of reviews, or one review with its tabs, as the address says.
import { onState, start, toast } from "./bridge.js";
import { announce, el, find } from "./dom.js";
import { asked, go, onAddress } from "./review-address.js";
import { showHead, updateHead } from "./review-head.js";
import { showInvitation, showList } from "./review-list.js";
import { startSaving } from "./review-saving.js";
import { leave, load, onGone, onLine, onReview, open, refresh, startLooking } from "./review-state.js";
import { TABS } from "./review-tabs.js";
import { startSources } from "./sources.js";
import { startStatus } from "./status.js";

let tab = null;
let moved = false; // whether the reader went somewhere since the page came
let shown = ""; // id of the review whose frame stands
const place = () => find("tab-place");

function title(text) {
  document.title = `${text} – SCM Assistant`;
}

function problem(error) {
  const text = error?.message || "Something went wrong.";
  find("review").replaceChildren(el("section", { class: "trouble" }, el("h1", { text: "This review cannot be opened" }),
    el("p", { text }), el("p", {}, el("a", { class: "button", href: "/review", text: "All reviews" }))));
  title("Risk review");
  shown = "";
}

function tabLinks(at) {
  return el("nav", { id: "review-tabs", "aria-label": "Parts of the review" }, TABS.map((one) =>
    el("a", { href: `/review?id=${at.id}&tab=${one.id}`, data: { tab: one.id }, text: one.label })));
}

function markTab(at) {
  for (const link of document.querySelectorAll("#review-tabs a")) {
    if (link.dataset.tab === tab.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.href = `/review?id=${at.id}&tab=${link.dataset.tab}`;
  }
  document.querySelector("#review-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

async function showReview(at) {
  const view = open.id === at.id && open.view ? await refresh() : await load(at.id);
  if (!view) return;
  if (shown !== at.id) {
    find("review").replaceChildren(showHead(view), tabLinks(at), el("div", { id: "tab-place" }));
    shown = at.id;
    tab = null;
  }
  openTab(at, view);
  if (moved && document.activeElement === document.body) find("review").focus({ preventScroll: true });
  moved = true;
}

function openTab(at, view) {
  const wanted = TABS.find((one) => one.id === at.tab) ?? TABS[0];
  tab?.hide?.();
  tab = wanted;
  markTab(at);
  title(`${view.review.title}: ${tab.label}`);
  place().replaceChildren();
  place().dataset.tab = tab.id;
  tab.show(place(), view);
}

async function invited(token) {
  shown = "";
  leave();
  title("Invitation");
  await showInvitation(find("review"), token, (review) => {
    go({ id: review.id, tab: "steps" }, true);
    toast(`You take part in “${review.title}”.`);
  });
}

async function route() {
  const at = asked();
  try {
    if (at.invite) {
      await invited(at.invite);
    } else if (at.id) {
      await showReview(at);
    } else {
      tab?.hide?.();
      tab = null;
      shown = "";
      leave();
      title("Risk reviews");
      await showList(find("review"));
      moved = true;
    }
    document.body.dataset.review = at.id ? "open" : at.invite ? "invited" : "list";
  } catch (error) {
    problem(error);
    document.body.dataset.review = "trouble";
  }
}

onReview((view, before) => {
  if (shown !== view.review.id || !before) return;
  updateHead(view);
  tab?.update?.(view, before);
  const others = (view.latest ?? []).filter((one) => one.number > before.review.revision && !one.mine);
  if (others.length) announce(others.map((one) => `${one.by}: ${one.text}`).slice(-3).join(". "));
});
onGone((message) => {
  leave();
  problem(new Error(message));
});
onLine((online) => {
  find("line").hidden = online;
  find("line").textContent = online ? "" : "The server cannot be reached. What you type is kept in this browser and sent when it is back.";
  if (online) announce("The server is back.");
});

document.body.dataset.page = "review";
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="/review?"], #review a[href="/review"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute("download")) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  route();
});
onAddress(route);
startStatus();
startSources();
startSaving();
onState(() => (document.body.dataset.state = "idle"));
start();
startLooking();
route();
