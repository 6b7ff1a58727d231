// The signs of areas beside their names: the same shapes and colours as on the map.

const SVG = "http://www.w3.org/2000/svg";
const corners = (count, turn = 0) =>
  Array.from({ length: count }, (_, place) => {
    const angle = (2 * Math.PI * place) / count - Math.PI / 2 + turn;
    return `${(7 * Math.cos(angle)).toFixed(2)},${(7 * Math.sin(angle)).toFixed(2)}`;
  }).join(" ");
const SHAPES = {
  square: "-5.5,-5.5 5.5,-5.5 5.5,5.5 -5.5,5.5",
  diamond: corners(4),
  "triangle-up": corners(3),
  "triangle-down": corners(3, Math.PI),
  pentagon: corners(5),
  hexagon: corners(6),
};

/** A small drawing of an area's sign; its name stands beside it, so it has none of its own. */
export function signOf({ colour, shape }) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "-8 -8 16 16");
  drawing.setAttribute("class", "sign");
  drawing.setAttribute("aria-hidden", "true");
  const form = document.createElementNS(SVG, SHAPES[shape] ? "polygon" : "circle");
  if (SHAPES[shape]) form.setAttribute("points", SHAPES[shape]);
  else form.setAttribute("r", "6");
  form.setAttribute("fill", colour);
  drawing.append(form);
  return drawing;
}
