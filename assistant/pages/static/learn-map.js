// The map: the neighbourhood of a concept, or the whole field, drawn with the Plotly that Gradio brings; a list beside.
import { button, el, plural } from "./dom.js";
import { address, go } from "./learn-address.js";
import { area, catalogue, concept, fetchJson } from "./learn-catalogue.js";
import { heading, trail } from "./learn-home.js";
import { chosen, showLabels, sizeOf, broken } from "./learn-map-labels.js";
import { signOf } from "./learn-signs.js";

const NARROW = 620; // pixels below which names are broken sooner
const ROW = 6; // pixels between two names of a ring
const ZOOM = 1.5;
const FINGERTIP = 22; // pixels
const STEP_LABEL = { compared: "compared with it", "mentioned here": "mentioned by it", "mentions this": "mentions it" };
let drawn = null; // {canvas, layer, found, start} of the map that is shown
let resized = null;

let library = null;
function plotly() {
  library ??= import(catalogue.drawing).then(() => {
    if (!globalThis.Plotly) throw new Error("no Plotly");
    return globalThis.Plotly;
  });
  return library;
}

const mapOf = (slug, steps = "") => address({ view: "map", concept: slug, steps: steps === "2" || steps === 2 ? "2" : "" });
const finger = () => matchMedia("(pointer: coarse)").matches;
const radiusOf = (spot) => (8 + 1.6 * Math.sqrt(Math.min(spot.weight, 30))) / 2;

/** The part of the field that is in sight at the start: in a ring, names find room at both sides. */
function startRange(found, width, height) {
  const narrow = width < NARROW;
  const names = found.spots.filter((spot) => spot.step === 1).map((spot) => sizeOf(broken(concept(spot.slug).title, narrow ? 15 : 26)).width);
  const ring = found.steps === 1;
  const aside = ring ? Math.min(Math.max(0, ...names) + 24, 0.4 * width) : narrow ? 24 : 60;
  const above = ring ? 20 : 30;
  const half = (size, free) => size / Math.max(40, size - 2 * free);
  return { x: [-half(width, aside), half(width, aside)], y: [-half(height, above), half(height, above)] };
}

/** How high a ring must be for each of its names to have lines of its own. */
function ringHeight(found, width) {
  const longest = width < NARROW ? 15 : 26;
  const side = (sign) => found.spots.filter((spot) => spot.step === 1 && Math.sign(spot.x) === sign)
    .map((spot) => sizeOf(broken(concept(spot.slug).title, longest)).height + ROW);
  const need = (heights) => heights.length * Math.max(0, ...heights);
  return Math.max(need(side(1)), need(side(-1))) + 40;
}

function pixels(range, width, height) {
  const across = (x) => ((x - range.x[0]) / (range.x[1] - range.x[0])) * width;
  const down = (y) => (1 - (y - range.y[0]) / (range.y[1] - range.y[0])) * height;
  return (spot) => ({ x: across(spot.x), y: down(spot.y) });
}

const rangeNow = (canvas) => ({ x: [...canvas.layout.xaxis.range], y: [...canvas.layout.yaxis.range] });

/** Write the names for the part that is in sight. */
function label() {
  const { canvas, layer, found } = drawn;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const at = pixels(rangeNow(canvas), width, height);
  const narrow = width < NARROW;
  const wanted = found.spots.map((spot) => ({
    ...at(spot), text: concept(spot.slug).title, slug: spot.slug, href: mapOf(spot.slug), radius: radiusOf(spot),
    longest: narrow ? 15 : 26, kind: "near", weight: spot.weight + (spot.step === 1 ? 100 : 0),
    ...(found.steps === 1 ? { sides: [spot.x < 0 ? "left" : "right"] } : {}),
    ...(found.centre === spot.slug ? { kind: "centre", weight: 1000, loose: true, href: address({ concept: spot.slug }) } : {}),
  }));
  if (!found.centre) wanted.push(...areaNames(found, at));
  showLabels(layer, chosen(wanted.filter(({ x, y }) => x > -40 && x < width + 40 && y > -20 && y < height + 20), width, height));
}

/** The names of areas over the whole field, each in the midst of its concepts. */
function areaNames(found, at) {
  return found.areas.map(({ id, name }) => {
    const own = found.spots.filter((spot) => concept(spot.slug).area === id);
    const middle = (axis) => own.map((spot) => spot[axis]).sort((a, b) => a - b)[Math.floor(own.length / 2)];
    return { ...at({ x: middle("x"), y: middle("y") }), text: name, longest: 16, radius: 0, kind: "area", weight: 500 + own.length, loose: true };
  });
}

function choose(slug) {
  if (slug) go(slug === drawn.found.centre ? address({ concept: slug }) : mapOf(slug));
}

/** On a map that lets the finger pass, find the sign that was tapped. */
function tapped(event) {
  if (!drawn || !event.currentTarget.classList.contains("still") || event.target.closest("a")) return;
  const { canvas, found } = drawn;
  const box = canvas.getBoundingClientRect();
  const at = pixels(rangeNow(canvas), box.width, box.height);
  const off = (spot) => Math.hypot(at(spot).x - (event.clientX - box.x), at(spot).y - (event.clientY - box.y));
  const nearest = found.spots.map((spot) => ({ slug: spot.slug, off: off(spot) })).sort((a, b) => a.off - b.off)[0];
  if (nearest?.off < FINGERTIP) choose(nearest.slug);
}

async function draw(box, found) {
  const canvas = el("div", { class: "map-canvas", role: "img", "aria-label": `${found.title}. ${found.summary} The same links stand in the list.` });
  const layer = el("div", { class: "map-labels", "aria-hidden": "true" });
  box.replaceChildren(canvas, layer);
  try {
    const made = await plotly();
    if (!canvas.isConnected) return;
    if (found.steps === 1) box.style.minHeight = `${Math.ceil(ringHeight(found, canvas.clientWidth))}px`;
    const start = startRange(found, canvas.clientWidth, canvas.clientHeight);
    const { data, layout, config } = structuredClone(found.figure);
    layout.xaxis.range = [...start.x];
    layout.yaxis.range = [...start.y];
    await made.newPlot(canvas, data, layout, { ...config, scrollZoom: !finger(), responsive: true });
    drawn = { canvas, layer, found, start };
    box.classList.toggle("still", finger()); // a finger scrolls past the map, until that is zoomed
    canvas.on("plotly_click", ({ points }) => choose(points[0]?.customdata));
    for (const event of ["plotly_relayout", "plotly_relayouting"]) canvas.on(event, () => drawn?.canvas === canvas && label());
    label();
    watchSize(box, found);
    canvas.dataset.drawn = "";
  } catch {
    box.replaceChildren(el("p", { class: "trouble", text: "The map cannot be drawn here; its links stand in the list." }));
  }
}

/** Draw the map anew when its place has another width. */
function watchSize(box, found) {
  resized?.disconnect();
  let width = box.clientWidth;
  let soon;
  resized = new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) < 8) return;
    width = box.clientWidth;
    clearTimeout(soon);
    soon = setTimeout(() => box.isConnected && (release(), draw(box, found)), 200);
  });
  resized.observe(box);
}

function zoom(factor) {
  if (!drawn) return;
  const now = factor ? rangeNow(drawn.canvas) : drawn.start;
  const scaled = ([low, high]) => {
    const [middle, half] = [(low + high) / 2, (high - low) / 2 / (factor || 1)];
    return [middle - half, middle + half];
  };
  globalThis.Plotly.relayout(drawn.canvas, { "xaxis.range": scaled(now.x), "yaxis.range": scaled(now.y) });
  drawn.canvas.parentElement.classList.toggle("still", finger() && !factor);
}

function release() {
  if (drawn) globalThis.Plotly?.purge(drawn.canvas);
  drawn = null;
}

/** Let go of the drawing before its place is emptied. */
export function clearMap() {
  resized?.disconnect();
  release();
}

const row = (spot) => el("li", {}, el("a", { href: mapOf(spot.slug), text: concept(spot.slug).title }),
  spot.relation ? el("small", { text: STEP_LABEL[spot.relation] ?? spot.relation }) : "");

/** The links of the map as a list: by area, with the area's sign. */
function listOf(found) {
  const folded = found.steps !== 1;
  return found.areas.map(({ id, sign }) => {
    const own = found.spots.filter((spot) => spot.slug !== found.centre && concept(spot.slug).area === id)
      .sort((a, b) => a.step - b.step || concept(a.slug).title.localeCompare(concept(b.slug).title));
    if (!own.length) return "";
    const name = [signOf(sign), el("span", { text: area(id).name }), el("small", { text: String(own.length) })];
    const list = el("ul", {}, own.map(row));
    return folded ? el("details", {}, el("summary", {}, name), list) : el("section", {}, el("h3", {}, name), list);
  });
}

function centreCard(found) {
  const one = concept(found.centre);
  return el("div", { class: "map-centre" }, el("p", { text: one.purpose }),
    el("p", { class: "buttons" }, el("a", { class: "button primary", href: address({ concept: one.slug }), text: "Read the page" })));
}

/** The buttons above the map: how far it reaches, and how near it is. */
function tools(found) {
  const zooms = [button("+", () => zoom(ZOOM), { "aria-label": "Zoom in", title: "Zoom in" }),
    button("−", () => zoom(1 / ZOOM), { "aria-label": "Zoom out", title: "Zoom out" }), button("Reset", () => zoom(0))];
  const reach = found.centre ? [
    el("a", { class: "button", href: mapOf(found.centre, found.steps === 1 ? 2 : 1), text: found.steps === 1 ? "Show two steps" : "Show one step" }),
    el("a", { class: "button", href: address({ view: "map" }), text: "Whole field" })] : [];
  return el("div", { class: "map-tools" }, el("div", {}, reach), el("div", {}, zooms));
}

export async function showMap(place, at, current) {
  const route = at.concept ? `/${encodeURIComponent(at.concept)}?steps=${at.steps === "2" ? 2 : 1}` : "";
  const found = await fetchJson(`/learning/map${route}`);
  if (!current()) return "";
  const title = found.centre ? `Map around ${concept(found.centre).title}` : "Map of the whole field";
  const box = el("div", { class: "map-box", onclick: tapped });
  const count = found.spots.length - (found.centre ? 1 : 0);
  place.replaceChildren(
    trail(...(found.centre ? [[concept(found.centre).title, address({ concept: found.centre })]] : [])), heading(title),
    el("div", { class: `map-view ${found.steps === 1 ? "ring" : "wide"}` },
      el("figure", {}, tools(found), box, el("figcaption", {}, found.summary, " ",
        el("span", { text: `Solid line: compared. Dotted: mentioned. Click a concept to see what is around it${found.steps === 1 ? "" : "; zoom in for more names"}.` }))),
      el("section", { class: "map-list", "aria-label": "The map as a list" }, found.centre ? centreCard(found) : "",
        el("h2", { text: found.centre ? plural(count, "concept") : "Areas" }), listOf(found))));
  return { title, settled: draw(box, found) };
}
