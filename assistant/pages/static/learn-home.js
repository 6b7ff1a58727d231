// The start of the page: learning paths, areas, and the concepts of one area.
import { el, plural } from "./dom.js";
import { address } from "./learn-address.js";
import { area, catalogue, isRead, members } from "./learn-catalogue.js";

export const heading = (text) => el("h1", { id: "learn-title", tabindex: "-1", text });

/** Where the reader is: links from the start down. */
export const trail = (...links) =>
  el("nav", { class: "trail", "aria-label": "Where you are" },
    [["Learn", address()], ...links].map(([text, href]) => el("a", { href, text })));

const share = (path) => {
  const all = members(path);
  return [all.filter((step) => isRead(step.slug)).length, all.length];
};

export function progressOf(path) {
  const [done, of] = share(path);
  return el("div", { class: "path-progress" },
    el("progress", { max: of, value: done, "aria-label": `${path.name}: read` }),
    el("span", { text: done ? `${done} of ${of} read` : plural(of, "concept") }));
}

const card = (href, name, about, foot) =>
  el("li", {}, el("a", { class: "card", href }, el("b", { text: name }), el("span", { text: about })), foot);

export function showHome(place) {
  const title = "Learn supply chain management";
  place.replaceChildren(
    heading(title),
    el("p", { class: "lead", text: `${plural(catalogue.concepts.length, "concept")}, each with its formula, an example, its pitfalls and questions to check yourself. Follow a path, browse an area, or search for a name.` }),
    catalogue.paths.length ? el("section", { "aria-labelledby": "paths-title" }, el("h2", { id: "paths-title", text: "Learning paths" }),
      el("ul", { class: "cards paths" }, catalogue.paths.map((one) => card(address({ path: one.id }), one.name, one.about, progressOf(one))))) : "",
    el("section", { "aria-labelledby": "areas-title" }, el("h2", { id: "areas-title", text: "Areas" }),
      el("ul", { class: "cards areas" }, catalogue.areas.map((one) =>
        card(address({ area: one.id }), one.name, one.about, el("p", { class: "count", text: plural(one.concepts, "concept") }))))),
    el("p", { class: "buttons" }, el("a", { class: "button", href: address({ view: "map" }), text: "Map of the whole field" })),
  );
  return title;
}

export function showArea(place, id) {
  const found = area(id);
  if (!found) throw new Error(`There is no area called “${id.slice(0, 60)}”. Choose one from the list.`);
  const read = found.members.filter((one) => isRead(one.slug)).length;
  place.replaceChildren(
    trail(),
    heading(found.name),
    el("p", { class: "lead", text: found.about }),
    el("p", { class: "buttons" }, el("a", { class: "button", href: `/quiz?area=${found.id}`, text: "Quiz me on this area" })),
    el("p", { class: "count", text: read ? `${plural(found.concepts, "concept")}, ${read} read` : plural(found.concepts, "concept") }),
    el("ul", { class: "concepts" }, found.members.map((one) =>
      el("li", {}, el("a", { href: address({ concept: one.slug }), text: one.title }),
        isRead(one.slug) ? el("span", { class: "read-sign", text: "read" }) : "", el("p", { text: one.purpose })))),
  );
  return found.name;
}

/** The list at the side: the areas and the paths, the present one marked. */
export function showPlaces(place, at) {
  const link = (href, text, here, count = "") =>
    el("li", {}, el("a", { href, "aria-current": here ? "page" : undefined }, el("span", { text }), count === "" ? "" : el("small", { text: count })));
  place.replaceChildren(
    el("ul", {}, link(address(), "Start", at.view === "home"), link(address({ view: "map" }), "Map of the field", at.view === "map" && !at.concept)),
    el("h2", { text: "Paths" }),
    el("ul", {}, catalogue.paths.map((one) => link(address({ path: one.id }), one.name, at.view === "path" && at.path === one.id))),
    el("h2", { text: "Areas" }),
    el("ul", {}, catalogue.areas.map((one) => link(address({ area: one.id }), one.name, at.view === "area" && at.area === one.id, String(one.concepts)))),
  );
}
