// Links from an action to what it came from: a question, a node, a risk or the charts.
import { el } from "./dom.js";
import { address } from "./review-address.js";
import { open } from "./review-state.js";

/** `found`: {tab, q, node, text}, as the server tells it; "" where there is nothing to go to. */
export function originLink(found, words = "") {
  if (!found?.tab) return found?.text ? el("span", { class: "quiet", text: found.text }) : "";
  const href = address({ id: open.id, tab: found.tab, q: found.q ?? "", node: found.node ?? "" });
  return el("a", { href, class: "origin", text: words || found.text });
}
