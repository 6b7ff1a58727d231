// Takes nodes over from a spreadsheet: paste or open a file, see what was read and what not, and only then keep it.
import { toast } from "./bridge.js";
import { button, el, newId, plural } from "./dom.js";
import { api } from "./review-api.js";
import { textTable } from "./review-pictures.js";
import { open, send } from "./review-state.js";

const LARGEST_FILE = 2_000_000;
const MOST_SHOWN = 100;
const SAMPLE = "Part\tCategory\tTTR (weeks)\tCover (weeks)\tMargin per week\tSupplier\tCountry\tShare";

/** The text of a file: UTF-8 or UTF-16, and where it is neither, as spreadsheets on Windows write it. */
function decoded(bytes) {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe && "utf-16le") || (bytes[0] === 0xfe && bytes[1] === 0xff && "utf-16be");
  try {
    return new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function wrongFile(file) {
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return `${file.name} is no .csv, .tsv or .txt file: save the sheet as CSV first.`;
  if (file.size > LARGEST_FILE) return `${file.name} has ${(file.size / 1e6).toFixed(1)} MB, more than 2 MB: leave out columns, or take it in parts.`;
  return "";
}

export function openPaste(first = "") {
  const heading = el("h2", { id: newId("paste"), text: "Paste a table of nodes" });
  const box = el("textarea", { rows: 9, id: newId("paste-box"), spellcheck: false, placeholder: SAMPLE, oninput: () => shown.replaceChildren() });
  const wrong = el("p", { class: "field-error", role: "alert" });
  const shown = el("div", { class: "paste-preview", role: "status" });
  const file = el("input", { type: "file", id: newId("paste-file"), accept: ".csv,.tsv,.txt,text/csv,text/plain", class: "hidden-text", onchange: openFile });
  const take = button("Take over", takeOver, { kind: "primary", disabled: true });
  const dialog = el("dialog", { class: "wide-dialog", "aria-labelledby": heading.id }, heading,
    el("p", { class: "quiet", text: "Copy the cells in your spreadsheet, with their headers, and paste them here. A row is a node; several rows with one name are its sources. Nothing is kept before you take it over." }),
    el("div", { class: "field" }, el("label", { for: box.id, text: "Cells from a spreadsheet" }), box, wrong),
    el("div", { class: "toolbar" }, button("Read it", read, {}), el("label", { class: "button", for: file.id, text: "Open a CSV file" }), file),
    shown, el("div", { class: "dialog-buttons" }, button("Close", () => dialog.close()), take));
  let text = "";

  async function read() {
    wrong.textContent = "";
    take.disabled = true;
    text = box.value;
    shown.replaceChildren(el("p", { class: "quiet", text: "Reading…" }));
    try {
      preview(await api("POST", `/${open.id}/nodes/read`, { text }));
    } catch (error) {
      shown.replaceChildren();
      wrong.textContent = error.message;
    }
  }

  function preview(found) {
    const parts = [el("h3", { text: found.said })];
    if (found.rows.length) parts.push(textTable("What was read", found.columns, found.rows.slice(0, MOST_SHOWN)));
    if (found.rows.length > MOST_SHOWN) parts.push(el("p", { class: "quiet", text: `The first ${MOST_SHOWN} of ${found.rows.length} are shown; all are taken over.` }));
    if (found.problems.length) {
      const more = found.more_problems ? `, the first ${found.problems.length} are listed` : "";
      parts.push(el("h3", { text: `${plural(found.problems.length + found.more_problems, "problem")}: these cells stay “not known” if you take the table over${more}` }),
        textTable("Problems", ["Row", "Column", "Value", "What is wrong, and the remedy"], found.problems));
    }
    for (const [title, texts] of [["Left out", found.left_out], ["Taken for granted", found.remarks]]) {
      if (texts.length) parts.push(el("h3", { text: title }), el("ul", {}, texts.map((one) => el("li", { text: one }))));
    }
    shown.replaceChildren(...parts);
    wrong.textContent = found.too_many;
    take.disabled = !found.rows.length || Boolean(found.too_many);
    take.textContent = found.rows.length ? `Take over ${plural(found.rows.length, "node")}` : "Take over";
    shown.scrollIntoView({ block: "nearest" });
  }

  async function takeOver() {
    take.disabled = true;
    wrong.textContent = "";
    const working = el("p", { class: "quiet", text: "Taking them over; thousands take some seconds…" });
    shown.prepend(working);
    working.scrollIntoView({ block: "nearest" });
    try {
      const done = await send("POST", "/nodes/take", { text });
      dialog.close();
      toast(done.said);
    } catch (error) {
      working.remove();
      wrong.textContent = `Nothing was taken over: ${error.message}`;
      take.disabled = false;
      wrong.scrollIntoView({ block: "nearest" });
    }
  }

  async function openFile() {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    wrong.textContent = wrongFile(chosen);
    if (wrong.textContent) return;
    box.value = decoded(new Uint8Array(await chosen.arrayBuffer()));
    await read();
  }

  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  box.focus();
  // Browsers take half a minute to paste ten thousand lines one by one.
  box.addEventListener("paste", (event) => {
    const long = event.clipboardData?.getData("text/plain") ?? "";
    if (long.length < 5000) return;
    event.preventDefault();
    box.setRangeText(long, box.selectionStart, box.selectionEnd, "end");
    shown.replaceChildren();
  });
  if (first) {
    box.value = first;
    read();
  }
}
