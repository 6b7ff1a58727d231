// Gives each drawing the sentence below it as its name.
import { watch } from "./bridge.js";

function name() {
  const captions = document.querySelectorAll(".chart-caption");
  [...document.querySelectorAll('[data-testid="plotly"]')].forEach((plot, place) => {
    const words = captions[place]?.textContent ?? "";
    if (plot.getAttribute("aria-label") === words) return;
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", words);
  });
}

export const startFigures = () => watch(name);
