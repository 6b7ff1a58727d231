// Shows what somebody else wrote meanwhile beside one's own, and lets the reader choose; nothing is lost unseen.
import { ask, el } from "./dom.js";

function column(title, rows, other) {
  const differ = (name, text) => (other.get(name) ?? "") !== text;
  return el("section", { class: "version" }, el("h3", { text: title }), el("dl", {},
    rows.map(([name, text]) => el("div", { class: differ(name, text) ? "differs" : "" },
      el("dt", { text: name }), el("dd", { text: text || "nothing", class: text ? "" : "blank" })))));
}

/** Two versions side by side; rows are [name, text]; what differs is marked in words too. */
export function versions(mine, theirs, theirName = "Theirs") {
  return el("div", { class: "versions" }, column("Yours, not saved yet", mine, new Map(theirs)), column(theirName, theirs, new Map(mine)));
}

/** Ask which version stands: gives "mine", "theirs" or "" (decide later). `message` is the server's sentence. */
export function askConflict({ message, mine, theirs, theirName = "Saved meanwhile" }) {
  return ask("Somebody else changed this meanwhile", [el("p", { text: message }), versions(mine, theirs, theirName)], [
    { label: "Decide later", value: "" },
    { label: "Take theirs", value: "theirs" },
    { label: "Keep mine on top", value: "mine", kind: "primary" },
  ]);
}
