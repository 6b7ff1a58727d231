// Small parts of the quiz page: HTML that the server rendered from notes, and messages.
import { el } from "./dom.js";
import { showFormulas } from "./formulas.js";

/** An element with HTML that the server rendered: Markdown of notes, with all other HTML, links and images taken out. */
export function note(name, html, attributes = {}) {
  const made = el(name, attributes);
  made.innerHTML = html;
  showFormulas(made);
  return made;
}

/** A message beside what was done; role alert, so that it is read out. */
export const trouble = () => el("p", { class: "trouble", role: "alert", hidden: true });

export function tellTrouble(place, text = "") {
  place.textContent = text;
  place.hidden = !text;
}

/** Run something that asks the server, with its buttons shut meanwhile; failures are told in `place`. */
export async function during(buttons, place, work) {
  const open = buttons.filter((one) => !one.disabled);
  for (const one of open) one.disabled = true;
  tellTrouble(place);
  try {
    return await work();
  } catch (error) {
    tellTrouble(place, error.message || "Something went wrong.");
    return null;
  } finally {
    for (const one of open) one.disabled = false;
  }
}
