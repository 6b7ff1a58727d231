// One row of the node table: four numbers to type in place, and what the server worked out beside them.
import { announce, button, el, newId } from "./dom.js";
import { commentCount } from "./review-beside.js";
import { askConflict } from "./review-conflict.js";
import { asText } from "./review-fields.js";
import { send, writable } from "./review-state.js";

const TYPED = ["margin_per_week", "ttr_weeks", "cover_weeks", "alternate_share"];
const SHORT = [[/TTR/, "TTR"], [/cover/, "cover"], [/margin/, "margin"]];
const shortly = (missing) => missing.map((text) => SHORT.find(([pattern]) => pattern.test(text))?.[1] ?? text).join(", ");

export function nodeRow(first, { context, openNode, remove, pasted }) {
  let node = first;
  let version = first.version;
  let saving = Promise.resolve();
  let pending = 0;
  const shown = new Map(); // the text of each box as it was last seen
  const fields = Object.fromEntries(TYPED.map((name) => [name, context().info.fields.node.find((one) => one.name === name)]));
  const boxes = new Map(TYPED.map((name) => [name, box(name)]));
  const name = el("button", { type: "button", class: "node-name", onclick: () => openNode(node) });
  const about = el("span", { class: "node-about" });
  const category = el("td");
  const [tts, gap, atRisk] = [0, 1, 2].map(() => el("td", { class: "computed" }));
  const drop = button("", () => remove(node), { icon: "delete", title: "Remove" });
  drop.className = "icon-button";
  const gone = el("p", { class: "field-error" });
  const element = el("tr", { data: { node: first.id } }, el("th", { scope: "row" }, name, about, TYPED.map((one) => boxes.get(one).wrong), gone), category,
    TYPED.map((one) => el("td", { class: "typed" }, boxes.get(one).input)), tts, gap, atRisk, el("td", { class: "row-tools" }, drop));

  function box(field) {
    const wrong = el("p", { class: "field-error", id: newId("cell") });
    const input = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 60, placeholder: "not known", "aria-describedby": wrong.id,
      onchange: () => keep(field),
      onkeydown: (event) => {
        if (event.key === "Enter") move(event, event.shiftKey ? -1 : 1, field);
        if (event.key === "Escape") {
          input.value = shown.get(field) ?? "";
          tell(field, "");
        }
      },
      onpaste: (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!/\n/.test(text.trim())) return;
        event.preventDefault();
        event.stopPropagation();
        pasted(text);
      } });
    return { input, wrong };
  }

  /** Enter goes to the same column of the next row, as in a spreadsheet. */
  function move(event, by, field) {
    event.preventDefault();
    const row = by > 0 ? element.nextElementSibling : element.previousElementSibling;
    const next = row?.querySelectorAll(".typed input")[TYPED.indexOf(field)];
    if (next) next.focus();
    else keep(field);
  }

  const dirty = (field) => boxes.get(field).input.value.trim() !== (shown.get(field) ?? "");

  function tell(field, reason) {
    const { input, wrong } = boxes.get(field);
    wrong.textContent = reason;
    if (reason) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  /** Save one number; saves of a row go one after the other, so that each knows the version of the last. */
  function keep(field) {
    if (!dirty(field)) {
      tell(field, "");
      return;
    }
    pending += 1;
    saving = saving.then(() => sent(field)).finally(() => (pending -= 1));
  }

  async function sent(field) {
    const text = boxes.get(field).input.value.trim();
    if (!dirty(field)) return;
    try {
      taken(await send("PATCH", `/items/node/${encodeURIComponent(node.id)}`, { fields: { [field]: text }, version }), field, text);
    } catch (error) {
      const reason = error.wrong?.[0]?.reason ?? error.message;
      tell(field, `Not saved: ${reason}`);
      announce(reason);
      if (error.conflict && error.current) await decide(field, text, error);
    }
  }

  function taken(saved, field, text) {
    node = saved;
    version = saved.version;
    tell(field, "");
    const now = asText(fields[field], saved[field]);
    shown.set(field, now);
    if (boxes.get(field).input.value.trim() === text) boxes.get(field).input.value = now;
  }

  async function decide(field, text, error) {
    const { label } = fields[field];
    const others = TYPED.filter((one) => one !== field && asText(fields[one], error.current[one]) !== asText(fields[one], node[one]));
    const rows = (from, own) => [[label, own], ...others.map((one) => [fields[one].label, asText(fields[one], from[one])])];
    const choice = await askConflict({ message: error.message, mine: rows(node, text), theirs: rows(error.current, asText(fields[field], error.current[field])) });
    if (!choice) return;
    node = error.current;
    version = error.current.version;
    if (choice === "theirs") {
      taken(error.current, field, text);
      boxes.get(field).input.value = asText(fields[field], error.current[field]);
    } else {
      await sent(field);
    }
  }

  function computedCell(cell, said, extra = "", mark = "") {
    cell.replaceChildren(el("span", { class: said === "not known" ? "unknown" : "", text: said }), extra ? el("small", { text: extra }) : "", mark ? el("b", { class: "over", text: mark }) : "");
  }

  function update(now, row, view) {
    element.classList.toggle("gone", !now);
    gone.textContent = now ? "" : "Removed by somebody else meanwhile.";
    const off = !now || !writable(view);
    for (const one of [...boxes.values()].map(({ input }) => input)) one.disabled = off && document.activeElement !== one;
    drop.disabled = off;
    if (!now) return;
    const clean = TYPED.every((one) => !dirty(one)) && !pending;
    if (clean || now.version === version) {
      node = now;
      version = now.version;
    }
    for (const one of TYPED) {
      const text = asText(fields[one], now[one]);
      const { input } = boxes.get(one);
      if (!dirty(one) && !pending) {
        if (input.value !== text) input.value = text;
        shown.set(one, text);
      }
      input.setAttribute("aria-label", `${fields[one].label} of ${now.name}`);
    }
    name.textContent = now.name;
    drop.title = `Remove ${now.name}`;
    drop.setAttribute("aria-label", `Remove ${now.name}`);
    const from = now.sources.length ? now.sources.map((one) => [one.supplier, one.country].filter(Boolean).join(", ")) : [];
    about.textContent = [now.kind, now.critical ? "critical" : "not critical", from.length > 1 ? `${from.length} sources` : from.length ? from[0] || "its source has no name yet" : "no source named", commentCount(view, now.id)].filter(Boolean).join(" · ");
    category.textContent = now.category;
    if (!row) {
      for (const cell of [tts, gap, atRisk]) cell.replaceChildren(el("span", { class: "quiet", text: "…" }));
      return;
    }
    computedCell(tts, row.tts_said);
    computedCell(gap, row.gap_said, row.gap_said === "not known" ? `missing: ${shortly(row.missing)}` : "", row.out_too_long ? "over the limit" : "");
    computedCell(atRisk, row.at_risk_said, row.at_risk_said === "not known" && row.gap_said !== "not known" ? `missing: ${shortly(row.missing)}` : "", row.over ? "over the limit" : "");
    atRisk.title = row.warnings.join(" ");
  }

  return { element, update, busy: () => pending > 0 || element.contains(document.activeElement) && document.activeElement.matches("input") || TYPED.some(dirty) };
}
