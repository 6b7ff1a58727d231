// Draws formulas in what the server rendered, with the KaTeX that Gradio brings; without it they stay as they are written.

const DELIMITERS = [
  { left: "\\[", right: "\\]", display: true },
  { left: "\\(", right: "\\)", display: false },
];
let library = null;

/** Draw all formulas within an element; call it once the element's HTML stands. */
export async function showFormulas(element) {
  const found = [...element.querySelectorAll(".formula")];
  if (!found.length) return;
  const told = document.querySelector('meta[name="formulas"]');
  library ??= import(told.content);
  try {
    const draw = (await library).default;
    for (const one of found) {
      if (told.dataset.within) one.classList.add(told.dataset.within);
      draw(one, { delimiters: DELIMITERS, throwOnError: false });
    }
  } catch {
    library = null; // the next text tries again
  }
}
