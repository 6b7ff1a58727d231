// A learning path: its stages with reasons, ticks for what was read, and what comes next.
import { toast } from "./bridge.js";
import { announce, el, newId, plural } from "./dom.js";
import { address } from "./learn-address.js";
import { concept, isRead, members, path, setRead } from "./learn-catalogue.js";
import { heading, progressOf, trail } from "./learn-home.js";

const here = (slug, id) => address({ concept: slug, path: id });

/** The first concept of a path that is not ticked; undefined when all are. */
export const nextOf = (found) => members(found).find((step) => !isRead(step.slug));

/** A box that says whether a concept was read; `after` is called when that changed. */
export function readBox(slug, label, after = () => {}) {
  const box = el("input", { type: "checkbox", id: newId("read"), checked: isRead(slug) });
  box.addEventListener("change", async () => {
    const done = box.checked;
    try {
      const kept = setRead(slug, done);
      after();
      await kept;
      announce(`${concept(slug).title}: ${done ? "marked as read" : "not read"}.`);
    } catch (error) {
      box.checked = isRead(slug);
      after();
      toast(error.message);
    }
  });
  return [box, el("label", { for: box.id }, label)];
}

function stageList(found, stage, after) {
  return el("ol", { class: "steps" }, stage.concepts.map((step) => {
    const one = concept(step.slug);
    const [box, label] = readBox(step.slug, el("span", { class: "hidden-text", text: `I have read ${one.title}` }), after);
    return el("li", {}, box, label,
      el("span", {}, el("a", { href: here(step.slug, found.id), text: one.title }), el("span", { class: "why", text: ` – ${step.why}` })));
  }));
}

export function showPath(place, id) {
  const found = path(id);
  if (!found) throw new Error(`There is no learning path called “${id.slice(0, 60)}”. Choose one from the start of this page.`);
  const progress = el("div", { class: "path-state" });
  const counts = found.stages.map(() => el("span", { class: "count" }));
  const update = () => {
    const next = nextOf(found);
    progress.replaceChildren(progressOf(found), next
      ? el("p", { class: "next" }, "Next: ", el("a", { class: "button primary", href: here(next.slug, found.id), text: concept(next.slug).title }))
      : el("p", { class: "next", text: "All of it is read. A quiz shows what stayed." }));
    found.stages.forEach((stage, number) => {
      const done = stage.concepts.filter((step) => isRead(step.slug)).length;
      counts[number].textContent = done === stage.concepts.length ? "all read" : done ? `${done} of ${stage.concepts.length} read` : plural(stage.concepts.length, "concept");
    });
  };
  update();
  place.replaceChildren(
    trail(), heading(`Learning path: ${found.name}`), el("p", { class: "lead", text: found.about }), progress,
    ...found.stages.map((stage, number) => {
      const title = el("h2", { id: newId("stage"), text: `${number + 1}. ${stage.name}` });
      return el("section", { class: "stage", "aria-labelledby": title.id }, el("div", { class: "stage-head" }, title, counts[number]),
        el("p", { class: "stage-why", text: stage.why }), stageList(found, stage, update));
    }),
    el("p", { class: "buttons" }, el("a", { class: "button", href: `/quiz?area=${found.id}`, text: "Quiz me on this path" })),
  );
  return `Learning path: ${found.name}`;
}

/** On a concept that was reached from a path: where it stands there, and what comes next. */
export function pathStrip(id, slug) {
  const found = path(id);
  const steps = found ? members(found) : [];
  const place = steps.findIndex((step) => step.slug === slug);
  if (place < 0) return "";
  const next = steps[place + 1];
  return el("nav", { class: "path-strip", "aria-label": `Learning path: ${found.name}` },
    el("span", {}, el("a", { href: address({ path: id }), text: found.name }), `: ${place + 1} of ${steps.length}, ${steps[place].stage.name}`),
    next ? el("span", {}, "Next: ", el("a", { href: here(next.slug, id), text: concept(next.slug).title })) : el("span", { text: "The last one of this path" }));
}
