// What came out of a stress test: a headline, facts, pictures and tables, and below them what it rests on.
import { el, moment } from "./dom.js";
import { clearPictures, picture, textTable } from "./review-pictures.js";

export function showRun(place, found) {
  clearPictures(place);
  const settings = found.settings.scenarios?.length ? `Scenarios: ${found.settings.scenarios.join(", ")}. ` : "";
  place.replaceChildren(el("div", { class: "run-result" },
    el("h3", { tabindex: "-1", text: found.name }),
    el("p", { class: "quiet", text: `${settings}Run by ${found.by || "somebody"}, ${moment(found.at)}, on the data of that moment.` }),
    el("p", { class: "headline", text: found.headline }),
    found.facts.length ? el("dl", { class: "facts" }, found.facts.map(([name, text]) => el("div", {}, el("dt", { text: name }), el("dd", { text })))) : "",
    found.pictures.map((one) => picture(one, { level: "h4" })),
    found.tables.map((one) => el("section", {}, el("h4", { text: one.title }), textTable(one.title, one.columns, one.rows))),
    found.lists.map(([title, texts]) => el("details", { class: "numbers", open: ["Doubtful", "Not complete", "Not drawn"].includes(title) },
      el("summary", { text: title }), el("ul", {}, texts.map((text) => el("li", { text })))))));
}
