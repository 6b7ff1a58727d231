// On the tab of nodes: what could be made or bought, each compared at full cost, kept with the review.
import { button, el } from "./dom.js";
import { api } from "./review-api.js";
import { openForm } from "./review-form.js";
import { textTable } from "./review-pictures.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, reader, writable } from "./review-state.js";

const INTRO = "Only what changes with the decision counts. What is left blank counts as none, and the result says so; a chance and a loss of an outage that are not known are left out and named.";

/** Offer the margin at risk of the node that is chosen as the loss of an outage of the supplier. */
function lossOf() {
  const extra = el("div", { class: "field", "aria-live": "polite" });
  async function offer(form) {
    const node = form.querySelector('[data-field="node"] select').value;
    const found = node ? await api("GET", `/${open.id}/exposure/${encodeURIComponent(node)}`).catch(() => null) : null;
    extra.replaceChildren();
    if (!found) return;
    extra.append(el("p", { class: "quiet", text: `Margin at risk of this node, if it is lost once: ${found.at_risk_said}.` }));
    if (typeof found.at_risk !== "number" || !writable(open.view)) return;
    extra.append(button("Take it as the margin lost if the supplier fails", () => {
      const box = form.querySelector('[data-field="buy_disruption_loss"] input');
      box.value = String(found.at_risk);
      box.focus();
    }));
  }
  return { extra, opened(form) {
    const node = form.querySelector('[data-field="node"] select');
    node.closest(".field").after(extra); // beside what it is about, not below the form
    node.addEventListener("change", () => offer(form));
    offer(form);
  } };
}

/** The part with all comparisons: {element, add, update(view)}. */
export function makeOrBuyPart() {
  let found = null;
  const bar = undoBar();
  const list = el("ul", { class: "cards" });
  const formula = el("p", { class: "quiet small" });
  const add = button("Compare making and buying", () => openForm({ kind: "make_or_buy", title: "Make or buy", saveLabel: "Compare", intro: INTRO, ...lossOf() }));
  const summary = el("summary", {}, el("h3", { text: "Make or buy" }), el("span", { class: "quiet" }));
  const element = el("details", { class: "tab-part lines make-or-buy" }, summary, bar.element, list, formula, el("p", { class: "toolbar" }, add));
  const read = reader("/make-or-buy", () => element.isConnected, (now) => {
    found = now;
    draw(open.view);
  }, (error) => list.replaceChildren(el("li", { text: error.message })));

  const edit = (one) => openForm({ kind: "make_or_buy", item: one, title: one.name, intro: INTRO, ...lossOf(), removable: (seen) => removeItem("make_or_buy", seen, one.name, bar) });

  function card(one, off) {
    const result = found?.found.find((two) => two.id === one.id);
    const node = open.view.review.nodes.find((two) => two.id === one.node);
    const worked = result ? [
      el("p", { class: "headline", text: result.said }),
      result.facts.length ? el("dl", { class: "facts" }, result.facts.map(([name, text]) => el("div", {}, el("dt", { text: name }), el("dd", { text })))) : "",
      result.rows.length ? el("details", { class: "numbers" }, el("summary", { text: "Full cost a year, part by part" }), textTable(`Full cost of ${one.name}`, ["Part", "Making", "Buying"], result.rows)) : "",
      result.lists.map(([title, texts]) => el("details", { class: "numbers", open: title === "Doubtful" }, el("summary", { text: title }), el("ul", {}, texts.map((text) => el("li", { text }))))),
    ] : el("p", { class: "quiet", text: "Working it out…" });
    return el("li", { class: "card", data: { id: one.id } },
      el("h4", {}, el("button", { type: "button", class: "node-name", text: one.name, onclick: () => edit(one) })),
      node ? el("p", { class: "quiet", text: `Node: ${node.name}` }) : "", worked,
      one.note ? el("p", { class: "quiet", text: one.note, dir: "auto" }) : "",
      el("div", { class: "toolbar" }, button(off ? "Look at it" : "Change the figures", () => edit(one), { "aria-label": `${off ? "Look at" : "Change"} the figures of ${one.name}` }),
        button(`Remove ${one.name}`, () => removeItem("make_or_buy", one, one.name, bar), { icon: "delete", disabled: off })));
  }

  function draw(view) {
    const cases = view.review.make_or_buy;
    const opened = new Set([...list.querySelectorAll("details[open]")].map((one) => `${one.closest("li").dataset.id} ${one.firstChild.textContent}`));
    const focused = list.contains(document.activeElement) ? (document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent) : "";
    add.disabled = !writable(view);
    summary.lastChild.textContent = cases.length ? `${cases.length}` : "none yet";
    list.replaceChildren(...(cases.length ? cases.map((one) => card(one, !writable(view)))
      : [el("li", { class: "quiet", text: "An item that could be made or bought is compared at full cost: price, freight, duty, stock, quality, fixed cost, and the disruption loss to expect." })]));
    for (const one of list.querySelectorAll("details")) if (opened.has(`${one.closest("li").dataset.id} ${one.firstChild.textContent}`)) one.open = true;
    if (focused) [...list.querySelectorAll("button, summary")].find((one) => (one.getAttribute("aria-label") ?? one.textContent) === focused)?.focus();
    formula.textContent = cases.length && found ? `Formula: ${found.formula}.` : "";
  }

  return {
    element,
    update(view) {
      draw(view);
      if (view.review.make_or_buy.length) read(view.review.id);
    },
  };
}
