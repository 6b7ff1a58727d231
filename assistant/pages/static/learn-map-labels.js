// Names on the map: as many as stand beside their signs without covering each other, the best linked first.
import { el } from "./dom.js";

const LINE = 17; // pixels
const GAP = 7;
const PADDING = 7; // pixels, both sides of a bold name together; learn-map.css has them
const SIDES = ["right", "left", "below", "above"];
const pen = document.createElement("canvas").getContext("2d");

/** Break a name into lines of about so many characters, at blanks and behind hyphens. */
export function broken(name, longest) {
  const lines = [""];
  for (const part of name.split(/(?<= )|(?<=-)/)) {
    if (lines.at(-1) && lines.at(-1).length + part.trimEnd().length > longest) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trimEnd());
}

export function sizeOf(lines, bold = false) {
  const style = getComputedStyle(document.body);
  pen.font = `${bold ? 700 : 400} 13px ${style.fontFamily}`;
  const longest = Math.max(...lines.map((line) => pen.measureText(line).width));
  return { width: Math.ceil(longest) + 2 + (bold ? PADDING : 0), height: LINE * lines.length };
}

/** The box of a label on one side of a point. */
function boxAt(side, x, y, { width, height }, radius) {
  const away = radius + GAP;
  if (side === "right") return { left: x + away, top: y - height / 2, width, height };
  if (side === "left") return { left: x - away - width, top: y - height / 2, width, height };
  if (side === "below") return { left: x - width / 2, top: y + away, width, height };
  if (side === "above") return { left: x - width / 2, top: y - away - height, width, height };
  return { left: x - width / 2, top: y - height / 2, width, height };
}

const meet = (a, b) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
const inside = (box, width, height) => box.left >= 0 && box.top >= 0 && box.left + box.width <= width && box.top + box.height <= height;

/** Boxes around a point, each with what it costs to stand so far off. */
function boxesAround({ x, y, radius }, size) {
  const found = [];
  for (let down = -3; down <= 3; down += 1) {
    for (let across = -3; across <= 3; across += 1) {
      const box = boxAt("over", x + 20 * across, y + 14 * down, size, 0);
      const off = Math.hypot(across, down);
      if (!radius || !meet(box, { left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius })) found.push({ box, cost: 0.8 * off });
    }
  }
  return found;
}

/** The box for a name near a point that hides the fewest signs; undefined where none is free. */
function leastHiding(one, size, placed, signs, width, height) {
  const free = boxesAround(one, size).filter(({ box }) => inside(box, width, height) && !placed.some((other) => meet(box, other.box)));
  for (const each of free) each.cost += signs.filter((sign) => meet(each.box, sign)).length;
  return free.sort((a, b) => a.cost - b.cost)[0]?.box;
}

/**
 * Choose the labels that are shown. `wanted`: {text, x, y, radius, longest, sides, kind, href, weight} in pixels; those
 * that are `loose` stand near their point where they hide least. Gives those that found a place, with its box.
 */
export function chosen(wanted, width, height) {
  const placed = [];
  const signs = wanted.filter((one) => one.radius).map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius, x, y }));
  for (const one of [...wanted].sort((a, b) => b.weight - a.weight)) {
    const lines = broken(one.text, one.longest);
    const size = sizeOf(lines, one.kind !== "near");
    if (one.loose) {
      const box = leastHiding(one, size, placed, signs, width, height);
      if (box) placed.push({ ...one, lines, box, side: "over" });
      continue;
    }
    for (const side of one.sides ?? SIDES) {
      const box = boxAt(side, one.x, one.y, size, one.radius);
      const free = inside(box, width, height) && !placed.some((other) => meet(box, other.box))
        && !signs.some((sign) => (sign.x !== one.x || sign.y !== one.y) && meet(box, sign));
      if (!free) continue;
      placed.push({ ...one, lines, box, side });
      break;
    }
  }
  return placed;
}

/** Put labels over a drawing; the list beside holds the same links for keyboard and screen reader. */
export function showLabels(place, labels) {
  place.replaceChildren(...labels.map(({ lines, box, side, kind, href, slug }) => {
    const made = el(href ? "a" : "span", { class: `map-label ${kind} ${side}`, href, tabindex: "-1", data: slug ? { slug } : {} },
      lines.map((line, number) => [number ? el("br") : "", line]));
    made.style.left = `${box.left}px`;
    made.style.top = `${box.top}px`;
    made.style.width = `${box.width}px`;
    return made;
  }));
}
