// The report: read on the page as it stands now, and saved in five formats.
import { el, moment } from "./dom.js";
import { api } from "./review-api.js";
import { open } from "./review-state.js";

const FORMATS = [["docx", "Word"], ["xlsx", "Excel"], ["pdf", "PDF"], ["md", "Markdown"], ["json", "JSON (can be imported again)"]];
let text = null;
let state = null;
let revision = -1;
let reading = false;

async function read() {
  if (reading) return;
  reading = true;
  const id = open.id;
  state.textContent = "Writing the report…";
  try {
    const found = await api("GET", `/${id}/report`);
    if (open.id !== id || !text.isConnected) return;
    revision = found.revision;
    // The server renders Markdown without HTML, links and images of users; scripts could not run in it either.
    text.innerHTML = found.html;
    for (const table of text.querySelectorAll("table")) {
      table.classList.toggle("pairs", [...table.rows].every((row) => row.cells.length === 2));
      const box = el("div", { class: "table-box", role: "region", tabindex: "0", "aria-label": "Table" });
      table.replaceWith(box);
      box.append(table);
    }
    state.textContent = `As of ${moment(new Date().toISOString())}.`;
  } catch (error) {
    state.textContent = error.message;
  } finally {
    reading = false;
  }
}

export const reportTab = {
  id: "report",
  label: "Report",
  show(place, view) {
    state = el("p", { class: "quiet report-state", role: "status" });
    text = el("article", { class: "report card" });
    revision = -1;
    place.replaceChildren(
      el("p", { class: "toolbar", role: "group", "aria-label": "Save the report" }, FORMATS.map(([kind, label]) =>
        el("a", { class: "button", href: `/reviews/${view.review.id}/report.${kind}`, download: "" }, el("span", { class: "icon icon-export" }), label))),
      state, text);
    read();
  },
  update(view) {
    if (view.review.revision !== revision) read();
  },
};
