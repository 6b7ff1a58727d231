// The list of reviews: begun, opened, brought in from a file, continued next year, deleted; and joining by a link.
import { toast } from "./bridge.js";
import { ask, button, el, field, moment, plural, tellWrong } from "./dom.js";
import { asked, go } from "./review-address.js";
import { api } from "./review-api.js";
import { rememberedName, rememberName } from "./review-people.js";

const LARGEST = 20_000_000;
const MOST_NAMED = 12; // in the question before a copy
const STATUS = { open: "Open", paused: "Paused", finished: "Finished" };
let place = null;

function beginForm() {
  const title = el("input", { type: "text", maxlength: 300, autocomplete: "off", dir: "auto", placeholder: "Pump factory 2027" });
  const name = el("input", { type: "text", maxlength: 300, autocomplete: "name", dir: "auto", value: rememberedName() });
  const submit = el("button", { type: "submit", class: "button primary", text: "Begin" });
  return el("form", { class: "card begin", onsubmit: async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const view = await api("POST", "", { title: title.value, name: name.value });
      rememberName(name.value.trim());
      go({ id: view.review.id, tab: "steps", q: "scope" });
    } catch (error) {
      const wrong = error.wrong?.[0]?.field ?? "title";
      tellWrong(title, wrong === "name" ? "" : error.message);
      tellWrong(name, wrong === "name" ? error.message : "");
      (wrong === "name" ? name : title).focus();
    } finally {
      submit.disabled = false;
    }
  } }, el("h2", { text: "Begin a review" }), field("Title", title), field("Your name", name, "The others see it beside what you answer"), el("p", { class: "toolbar" }, submit));
}

async function bringIn(box) {
  const [file] = box.files;
  box.value = "";
  if (!file) return;
  const say = (text) => (place.querySelector("#import-error").textContent = text);
  say("");
  if (!/\.json$/i.test(file.name)) return say(`${file.name} is no .json file: take the JSON file of a review’s report.`);
  if (file.size > LARGEST) return say(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB, more than 20 MB, the most that is taken.`);
  try {
    const { id } = await api("POST", "/import", await file.text(), { raw: true });
    toast("The review was brought in.");
    go({ id, tab: "steps" });
  } catch (error) {
    say(`${file.name} was not brought in: ${error.message}`);
  }
  return undefined;
}

async function example() {
  try {
    const view = await api("POST", "/example", { name: rememberedName() });
    go({ id: view.review.id, tab: "steps" });
  } catch (error) {
    toast(error.message);
  }
}

/** The names of the others in a review; null where they cannot be read. */
async function othersIn({ id, participants }) {
  if (participants < 2) return [];
  return api("GET", `/${id}`).then(({ review, me }) => review.participants.filter((other) => other.id !== me.id).map(({ name }) => name)).catch(() => null);
}

function whoIsIn(others) {
  if (others && !others.length) return ["You lead it, and nobody else is in it until you invite them."];
  const named = others?.slice(0, MOST_NAMED).flatMap((name, place) => [place ? ", " : " (", el("bdi", { text: name })]) ?? [];
  const more = others && others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : "";
  return ["You lead it, and only you are in it: invite the others", ...named, named.length ? `${more})` : "", " again, with the link of the new review under People & history."];
}

async function copy(one) {
  const box = el("input", { type: "text", maxlength: 300, autocomplete: "off", dir: "auto", value: nextTitle(one.title) });
  const text = "Scope, questions, nodes, scenarios and open actions go with it. Answers are asked anew; the report then shows what changed.";
  const people = el("p", { class: "copy-people" }, ...whoIsIn(await othersIn(one)));
  if (await ask("Continue as next year’s review", [el("p", { text }), people, field("Title of the new review", box)], [{ label: "Cancel", value: "" }, { label: "Make the copy", value: "copy", kind: "primary" }]) !== "copy") return;
  try {
    const view = await api("POST", `/${one.id}/copies`, { title: box.value });
    go({ id: view.review.id, tab: "steps" });
  } catch (error) {
    toast(error.message);
  }
}

function nextTitle(title) {
  const year = /\b(20\d\d)\b(?!.*\b20\d\d\b)/;
  return year.test(title) ? title.replace(year, (found) => String(Number(found) + 1)) : `${title} ${new Date().getFullYear() + 1}`;
}

async function remove(one) {
  const box = el("input", { type: "text", autocomplete: "off", dir: "auto" });
  const parts = [el("p", { text: `“${one.title}” with all its answers, nodes and actions is gone for all ${plural(one.participants, "person").replace("persons", "people")} then. Save its JSON file first if you may need it.` }),
    field("Type DELETE to delete it", box)];
  const choice = ask("Delete the review?", parts, [{ label: "Keep it", value: "" }, { label: "Delete", value: "delete", kind: "danger", disabled: true, id: "really-delete" }]);
  box.addEventListener("input", () => (document.getElementById("really-delete").disabled = box.value.trim().toUpperCase() !== "DELETE"));
  if ((await choice) !== "delete" || box.value.trim().toUpperCase() !== "DELETE") return;
  try {
    await api("DELETE", `/${one.id}`);
    toast("The review is deleted.");
  } catch (error) {
    toast(error.message);
  }
  await showList(place);
}

function entry(one) {
  const share = one.asked ? one.answered / one.asked : 0;
  return el("li", { class: "card review-entry" },
    el("div", { class: "title-row" }, el("h3", {}, el("a", { href: `/review?id=${one.id}`, text: one.title, dir: "auto" })),
      button(`Delete ${one.title}`, () => remove(one), { icon: "delete" })),
    el("p", {}, el("span", { class: "chip", data: { status: one.status }, text: STATUS[one.status] ?? one.status }), ` ${one.answered} of ${one.asked} answered`,
      el("span", { class: "meter", "aria-hidden": "true" }, el("i", { class: "with", style: `flex-grow:${share}` }), el("i", { class: "open", style: `flex-grow:${1 - share}` }))),
    el("p", { class: "quiet small" }, `Led by ${one.lead || "nobody yet"}, ${one.participants === 1 ? "one person" : `${one.participants} people`}, changed ${moment(one.updated)}`),
    el("p", { class: "toolbar" }, el("a", { class: "button", href: `/review?id=${one.id}`, text: "Open", "aria-label": `Open ${one.title}` }),
      button("Next year’s", () => copy(one), { title: "Continue as next year’s review" }),
      el("a", { class: "button", href: `/reviews/${one.id}/report.json`, download: "", text: "Save as file" })));
}

export async function showList(where) {
  place = where;
  const found = await api("GET", "");
  const file = el("input", { type: "file", accept: ".json,application/json", id: "import-file", class: "hidden-text", onchange: (event) => bringIn(event.target) });
  place.replaceChildren(el("div", { class: "reviews" },
    el("header", {}, el("h1", { text: "Risk reviews" }), el("p", { class: "quiet", text: "A team goes through six steps, one question at a time, alone or together, over as many days as it takes, and leaves with a report whose actions have owners and dates." })),
    el("div", { class: "review-list" },
      el("div", {}, el("h2", { text: "Your reviews" }), found.length ? el("ul", {}, found.map(entry)) : el("p", { class: "lacking", text: "There is none yet. Begin one, follow an invitation link, or look at the example." })),
      el("div", {}, beginForm(),
        el("section", { class: "card" }, el("h2", { text: "Or" }), el("p", { class: "toolbar" }, button("Look at an example", example),
          el("label", { class: "button", for: "import-file", text: "Import a file" }), file), el("p", { class: "field-error", id: "import-error", role: "alert" }),
          el("p", { class: "quiet small", text: "The example is a copy for you alone: a pump factory with answers, nodes, risks and actions. Change or delete it as you like." }))))));
}

const VOID = "This invitation leads nowhere any more: a new link was made, or the review was deleted. Ask whoever sent it for the link of today.";

/** Say what an invitation is to and ask for a name; gives the id and title of the review that is joined. */
export async function showInvitation(where, token, joined) {
  const found = await api("POST", "/invited", { token }).catch((error) => {
    throw error.status === 404 ? new Error(VOID) : error;
  });
  if (asked().invite !== token) return; // gone elsewhere meanwhile
  if (found.review_id) {
    joined({ id: found.review_id, title: found.title });
    return;
  }
  const name = el("input", { type: "text", maxlength: 300, autocomplete: "name", dir: "auto", value: rememberedName() });
  const form = el("form", { class: "card begin", onsubmit: async (event) => {
    event.preventDefault();
    try {
      const view = await api("POST", "/join", { token, name: name.value });
      rememberName(name.value.trim());
      joined(view.review);
    } catch (error) {
      tellWrong(name, error.message);
      name.focus();
    }
  } }, el("h1", { text: "You are invited to a risk review" }),
  el("p", { class: "invited-to" }, el("bdi", {}, el("b", { text: found.title })), ", led by ", el("bdi", { text: found.lead || "nobody yet" }), `, with ${found.people === 1 ? "one person" : `${found.people} people`} so far`),
  el("p", { class: "quiet", text: "Everybody who takes part sees what you answer, under this name." }), field("Your name", name), el("p", { class: "toolbar" }, el("button", { type: "submit", class: "button primary", text: "Take part" }), el("a", { class: "button", href: "/review", text: "Not now" })));
  where.replaceChildren(el("div", { class: "reviews" }, form));
  name.focus();
}
