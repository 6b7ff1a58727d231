// The tab of charts: how far the answers reach, time to recover against time to survive, concentration.
import { el } from "./dom.js";
import { clearPictures, picture } from "./review-pictures.js";
import { reader } from "./review-state.js";

let place = null;
let shown = -1;

function list(title, about, texts) {
  return texts.length ? el("section", { class: "card finding" }, el("h3", { text: title }), el("p", { class: "quiet", text: about }),
    el("ul", {}, texts.map((text) => el("li", { text })))) : "";
}

function draw(found) {
  const opened = new Set([...place.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
  clearPictures(place);
  place.replaceChildren(
    el("div", { class: "pictures" }, found.pictures.map((one) => picture(one))),
    list("What several sources or nodes rest on", "Two suppliers with one source of their own are one risk, not two.", found.shared.map((one) => one.said)),
    list("Switches that come too late", "The time to move the volume is longer than the time to survive.", found.late),
    list("What is doubtful in the figures of concentration", "", found.doubts),
  );
  for (const summary of place.querySelectorAll("details > summary")) if (opened.has(summary.textContent)) summary.parentElement.open = true;
  shown = found.revision;
}

const read = reader("/charts", () => Boolean(place?.isConnected), draw,
  (error) => shown < 0 && place.replaceChildren(el("p", { text: error.message })));

export const overviewTab = {
  id: "overview",
  label: "Charts",
  show(where, view) {
    place = where;
    shown = -1;
    where.replaceChildren(el("p", { class: "quiet", text: "Working out the charts…" }));
    read(view.review.id);
  },
  update(view) {
    if (view.review.revision !== shown) read(view.review.id);
  },
  hide() {
    if (place) clearPictures(place);
    place = null;
  },
};
