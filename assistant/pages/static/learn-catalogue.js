// All areas, concepts and paths, fetched once; finding a concept by the beginning of a name; what was read.
import { call } from "./bridge.js";

export const catalogue = { areas: [], concepts: [], paths: [], drawing: "" };
const bySlug = new Map();
const byArea = new Map();
const read = new Set();

/** Fold a text as names are compared: small letters, no accents, words parted by one space. */
export function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/&/g, " and ").replace(/['’]/g, "");
  return (plain.match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

let loaded = null;
export function load() {
  loaded ??= Promise.all([fetchJson("/learning"), fetchJson("/learning/reads").catch(() => [])])
    .then(([found, reads]) => {
      Object.assign(catalogue, found);
      for (const area of found.areas) byArea.set(area.id, { ...area, members: [] });
      for (const one of found.concepts) {
        one.names = [one.title, ...one.aliases].map(fold);
        one.words = fold(`${one.purpose} ${one.title}`);
        bySlug.set(one.slug, one);
        byArea.get(one.area).members.push(one);
      }
      for (const slug of reads) read.add(slug);
    })
    .catch((error) => {
      loaded = null;
      throw error;
    });
  return loaded;
}

export const fetchJson = async (path) => (await call(path)).json();

export const concept = (slug) => bySlug.get(slug);
export const area = (id) => byArea.get(id);
export const path = (id) => catalogue.paths.find((one) => one.id === id);
export const members = (found) => found.stages.flatMap((stage) => stage.concepts.map((step) => ({ ...step, stage })));

export const isRead = (slug) => read.has(slug);
/** Keep on the server whether a concept was read; undone here where that fails. */
export async function setRead(slug, done) {
  if (done) read.add(slug);
  else read.delete(slug);
  try {
    await call(`/learning/reads/${encodeURIComponent(slug)}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ done }),
    });
  } catch (error) {
    if (done) read.delete(slug);
    else read.add(slug);
    throw error;
  }
}

/** How well words fit a concept: 0 is its very title, 9 a word of its purpose; null where they do not. */
function fit(one, text, words) {
  let best = null;
  one.names.forEach((name, place) => {
    const parts = name.split(" ");
    const rank =
      name === text ? 0
      : name.startsWith(text) ? 2
      : words.every((word) => parts.some((part) => part.startsWith(word))) ? 4
      : text.length > 2 && name.includes(text) ? 6
      : null;
    if (rank !== null && (best === null || rank + (place ? 1 : 0) < best)) best = rank + (place ? 1 : 0);
  });
  if (best === null && text.length > 2 && words.every((word) => ` ${one.words}`.includes(` ${word}`))) best = 9;
  return best;
}

/** Concepts whose names a text may begin, the likeliest first; `sure` says whether one of them is named by it. */
export function findHere(typed) {
  const text = fold(typed);
  const words = text.split(" ");
  if (!text) return { found: [], sure: true };
  const ranked = catalogue.concepts
    .map((one) => ({ one, rank: fit(one, text, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => a.rank - b.rank || a.one.title.length - b.one.title.length || a.one.title.localeCompare(b.one.title));
  return { found: ranked.map(({ one }) => one), sure: ranked.some(({ rank }) => rank < 9) };
}

/** Ask the server, which forgives typing errors. */
export async function findThere(typed) {
  const slugs = await fetchJson(`/learning/search?text=${encodeURIComponent(typed)}`);
  return slugs.map(concept).filter(Boolean);
}
