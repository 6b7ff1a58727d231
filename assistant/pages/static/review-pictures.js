// Draws the pictures of a review with the Plotly that Gradio brings: a caption below and the numbers as a table beside.
import { toast } from "./bridge.js";
import { button, el, newId } from "./dom.js";
import { formInfo } from "./review-fields.js";
import { asPng, fileName } from "./review-png.js";
import { open } from "./review-state.js";

let library = null;

/** Load Plotly once; Gradio's own script puts it into the window. */
function load() {
  library ??= formInfo()
    .then(({ drawing }) => import(drawing))
    .then(() => {
      if (!globalThis.Plotly) throw new Error("no Plotly");
      return globalThis.Plotly;
    })
    .catch((error) => {
      library = null;
      throw error;
    });
  return library;
}

/** A table of texts; the first cell of each row is its heading. */
export function textTable(caption, columns, rows) {
  return el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: "plain-table" },
      el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col", text: name })))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((text, place) =>
        el(place ? "td" : "th", { scope: place ? undefined : "row", text })))))));
}

/** A picture with its caption and its table; drawn as soon as it stands in the page. */
export function picture(found, { unfolded = false, level = "h3" } = {}) {
  const heading = el(level, { id: newId("picture"), text: found.title });
  const canvas = el("div", { class: "canvas", role: "img", "aria-label": `${found.title}. ${found.summary}` });
  const numbers = found.rows.length
    ? el("details", { class: "numbers", open: unfolded },
      el("summary", { text: `The numbers of “${found.title}” as a table` }), textTable(found.title, found.columns, found.rows))
    : "";
  const box = el("figure", { class: "picture", "aria-labelledby": heading.id }, heading,
    found.figure.data.length ? canvas : "", el("figcaption", { text: found.summary }),
    found.figure.data.length ? el("p", { class: "toolbar" }, button("Save as picture (PNG)", () => download(found), { "aria-label": `Save “${found.title}” as a picture (PNG)` })) : "", numbers);
  if (found.figure.data.length) {
    canvas.style.minHeight = `${found.figure.layout.height}px`;
    draw(canvas, found);
  }
  return box;
}

async function draw(canvas, found) {
  try {
    const plotly = await load();
    if (!canvas.isConnected) return; // the tab was left meanwhile
    const { data, layout, config } = structuredClone(found.figure);
    await plotly.newPlot(canvas, data, layout, { ...config, responsive: true });
    canvas.dataset.drawn = "";
  } catch {
    canvas.removeAttribute("role");
    canvas.removeAttribute("aria-label");
    canvas.style.minHeight = "";
    canvas.replaceChildren(el("p", { class: "quiet", text: "The picture cannot be drawn here; its numbers stand in the table." }));
    canvas.closest("figure")?.querySelector("details")?.setAttribute("open", "");
  }
}

async function download(found) {
  try {
    const address = URL.createObjectURL(await asPng(await load(), found));
    el("a", { href: address, download: fileName(open.view?.review.title ?? "review", found.title) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000); // the browser has read it by then
  } catch {
    toast("The picture could not be made here. Its numbers stand in the table below it, and the report has it too.");
  }
}

/** Take a picture's drawing away before its place is emptied, so that Plotly lets go of it. */
export function clearPictures(place) {
  for (const canvas of place.querySelectorAll(".canvas[data-drawn]")) globalThis.Plotly?.purge(canvas);
}

