// Sliders beside number boxes: either moves the other; an empty box means "not given".

const DIGITS = 2;

/** The number that a text begins with, or NaN. */
const amount = (text) => (/^\s*-?\d[\d,]*(\.\d+)?\s*(%|[a-z ]*)$/i.test(text) ? parseFloat(text.replaceAll(",", "")) : NaN);

function valueOf(slider) {
  const at = Number(slider.value);
  if (!slider.dataset.least) return at;
  const [least, most] = [Number(slider.dataset.least), Number(slider.dataset.most)];
  const value = least * (most / least) ** (at / 100);
  return Number(value.toPrecision(value < 10 ? 1 : DIGITS));
}

function place(slider, value) {
  if (!slider.dataset.least) return value;
  const [least, most] = [Number(slider.dataset.least), Number(slider.dataset.most)];
  return (100 * Math.log(Math.max(value, least) / least)) / Math.log(most / least);
}

const middle = (slider) => (Number(slider.min) + Number(slider.max)) / 2;

/** Put a slider where its box says, and say in words what it stands for. */
export function follow(box) {
  const slider = box.closest(".control")?.querySelector(".slide");
  if (!slider) return;
  const value = amount(box.value);
  const given = box.value.trim() !== "";
  slider.toggleAttribute("data-unset", !given);
  slider.value = Number.isNaN(value) ? middle(slider) : place(slider, value);
  slider.setAttribute("aria-valuetext", given ? `${box.value.trim()} ${slider.dataset.unit}`.trim() : "not given");
  const clear = box.closest(".control").querySelector(".clear");
  if (clear) clear.disabled = !given;
}

/** Put what a slider says into its box; returns the box. */
export function lead(slider) {
  const box = document.getElementById(slider.dataset.for);
  box.value = String(valueOf(slider));
  slider.removeAttribute("data-unset");
  slider.setAttribute("aria-valuetext", `${box.value} ${slider.dataset.unit}`.trim());
  const clear = box.closest(".control").querySelector(".clear");
  if (clear) clear.disabled = false;
  return box;
}
