// The tab of stress tests: scenarios to edit, tests to run, and what came out of each, kept with the review.
import { toast } from "./bridge.js";
import { announce, ask, button, el, field, figure, moment, plural } from "./dom.js";
import { api } from "./review-api.js";
import { openForm } from "./review-form.js";
import { removeItem, undoBar } from "./review-remove.js";
import { open, refresh, send, writable } from "./review-state.js";
import { showRun } from "./review-stress-run.js";
import { watchJob } from "./review-stress-job.js";

let place = null;
let parts = null;
let chosenRun = "";
let proposed = { revision: -1, scenarios: [] };
let busy = false;
const figures = { draws: "10000", seed: "", years: "1" }; // of the last simulation

const hitOf = (one, names) => [
  one.nodes.map((id) => names.get(id) ?? "a removed node"),
  one.countries.map((name) => `all from ${name}`),
  one.suppliers,
  one.sub_tiers.map((name) => `all that rests on ${name}`),
  one.kinds.map((kind) => `all ${kind}s`),
].flat();

function severityOf(one) {
  const said = [];
  if (one.severity > 0 && (one.nodes.length || one.countries.length || one.suppliers.length || one.sub_tiers.length || one.kinds.length)) said.push(`${figure(one.severity * 100)} % of capacity lost`);
  if (one.demand_factor !== 1) said.push(`demand × ${figure(one.demand_factor)}`);
  return said.join(", ") || "no shock";
}

const lasts = (one) => (one.weeks === null ? "each node's own TTR" : plural(one.weeks, "week"));
const chance = (one) => (one.likelihood_a_year === null ? "not stated" : `${figure(one.likelihood_a_year * 100)} % a year`);

function scenarioCard(one, names, off) {
  const hits = hitOf(one, names);
  const shown = hits.length > 4 ? `${hits.slice(0, 4).join(", ")} and ${hits.length - 4} more` : hits.join(", ");
  return el("li", { class: "card scenario", data: { id: one.id } },
    el("h4", {}, el("button", { type: "button", class: "node-name", text: one.name, onclick: () => edit(one) })),
    el("dl", { class: "facts" }, [["Hits", shown || "all lines, by demand"], ["How hard", severityOf(one)], ["Lasts", lasts(one)], ["Chance", chance(one)]]
      .map(([name, text]) => el("div", {}, el("dt", { text: name }), el("dd", { text })))),
    el("div", { class: "toolbar" }, button("Run", () => runQuietly({ kind: "scenario", scenarios: [one.id] }), { disabled: off || busy, "aria-label": `Run ${one.name}` }),
      open.view.review.lines.length ? button("Run on the network", () => runQuietly({ kind: "network", scenarios: [one.id] }), { disabled: off || busy, "aria-label": `Run ${one.name} on the network` }) : "",
      button(`Remove ${one.name}`, () => removeItem("scenario", one, one.name, parts.undo), { icon: "delete", disabled: off })));
}

const edit = (one) => openForm({ kind: "scenario", item: one, title: one.name, removable: (seen) => removeItem("scenario", seen, one.name, parts.undo) });

function proposalRow(one, names) {
  return el("li", { class: "card scenario" }, el("h4", { text: one.name }), el("p", { class: "quiet", text: `${severityOf(one)}, ${lasts(one)}. Hits ${hitOf(one, names).slice(0, 4).join(", ") || "all lines, by demand"}.` }),
    el("p", { class: "quiet", text: one.note }), el("div", { class: "toolbar" }, button("Take over", () => take([one.name]), { "aria-label": `Take over ${one.name}`, disabled: !writable(open.view) })));
}

async function take(names) {
  try {
    const made = await send("POST", "/stress/proposed", { names });
    toast(`${plural(made.length, "scenario")} taken over. Change severity, weeks and chance to what the team finds plausible.`);
  } catch (error) {
    toast(error.message);
  }
}

/** Run a test; long ones go on in the background while this page waits. */
async function run(what) {
  busy = true;
  draw(open.view);
  const state = parts.state;
  state.replaceChildren(el("p", { class: "running", text: "The test is running…" }));
  const began = Date.now();
  const clock = setInterval(() => {
    const text = state.querySelector(".running");
    if (text) text.textContent = `The test is running… ${Math.round((Date.now() - began) / 1000)} seconds. You may go on with other parts of the review meanwhile.`;
  }, 1000);
  try {
    const done = await watchJob(open.id, await api("POST", `/${open.id}/stress/runs`, what));
    state.replaceChildren();
    chosenRun = done.run;
    await refresh(); // with the run in it
    announce("The stress test is done.");
    if (parts && place?.isConnected) {
      await showChosen();
      parts.result.scrollIntoView({ block: "start" });
    }
    return true;
  } catch (error) {
    if (state.isConnected) state.replaceChildren(el("p", { class: "field-error", role: "alert", text: error.message }));
    throw error;
  } finally {
    clearInterval(clock);
    busy = false;
    if (parts && place?.isConnected) draw(open.view);
  }
}

const runQuietly = (what) => run(what).catch(() => false);

/** Ask for the figures of a simulation. */
async function simulate() {
  const able = open.view.review.scenarios.filter((one) => one.likelihood_a_year !== null);
  const [draws, seed, years] = ["draws", "seed", "years"].map((name) => el("input", { type: "text", inputmode: "numeric", autocomplete: "off", name }));
  for (const box of [draws, seed, years]) box.value = figures[box.name];
  const answer = await ask("Simulate years", [
    el("p", { class: "quiet", text: able.length ? `${plural(able.length, "scenario")} with a chance a year can strike: ${able.map((one) => one.name).join(", ")}. Scenarios without one are left out and named.` : "No scenario has a chance a year yet: state one first." }),
    field("Draws", draws, "100 to 1,000,000; 10,000 give the 95 % mark well enough"), field("Seed", seed, "a whole number; the same one gives the same result; blank for a new one"), field("Years a draw", years, "1 to 50"),
  ], [{ label: "Cancel", value: "" }, { label: "Run", value: "run", kind: "primary", disabled: !able.length }]);
  for (const box of [draws, seed, years]) figures[box.name] = box.value;
  if (answer === "run") runQuietly({ kind: "monte carlo", ...figures });
}

async function breakUs() {
  const { scope } = open.view.review;
  const limit = el("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
  if (scope.loss_limit !== null) limit.value = figure(scope.loss_limit);
  const answer = await ask("What would break us?", [
    el("p", { class: "quiet", text: "The test looks for the shortest outage of one node, of two nodes at once, and for the severity of each scenario that passes this loss." }),
    field(`Loss${scope.currency ? `, ${scope.currency}` : ""}`, limit, "the unacceptable loss of the scope, unless you type another one"),
  ], [{ label: "Cancel", value: "" }, { label: "Run", value: "run", kind: "primary" }]);
  if (answer === "run") runQuietly({ kind: "reverse", limit: limit.value });
}

function runRow(one, off) {
  return el("li", {}, el("button", { type: "button", class: "run", "aria-pressed": String(one.id === chosenRun), onclick: async () => {
    chosenRun = one.id;
    draw(open.view);
    await showChosen();
    parts.result.scrollIntoView({ block: "nearest" });
  } }, el("span", { text: one.name }), el("small", { text: `${one.by || "Somebody"}, ${moment(one.at)}` })),
  button(`Remove the run ${one.name}`, async () => {
    const sure = await ask("Remove this run?", el("p", { text: `“${one.name}” by ${one.by || "somebody"} is removed with its result.` }), [{ label: "Keep it", value: "", autofocus: true }, { label: "Remove", value: "remove", kind: "danger" }]);
    if (sure !== "remove") return;
    try {
      await send("DELETE", `/stress/runs/${one.id}?version=${one.version}`);
      if (chosenRun === one.id) {
        chosenRun = "";
        parts.result.replaceChildren();
      }
    } catch (error) {
      toast(error.message);
    }
  }, { icon: "delete", disabled: off }));
}

async function showChosen() {
  if (!chosenRun) return;
  try {
    const found = await api("GET", `/${open.id}/stress/runs/${chosenRun}`);
    if (place?.isConnected && found.id === chosenRun) showRun(parts.result, found);
  } catch (error) {
    parts?.result.replaceChildren(el("p", { class: "quiet", text: error.message }));
  }
}

function draw(view) {
  const names = new Map(view.review.nodes.map((node) => [node.id, node.name]));
  const off = !writable(view);
  const focused = document.activeElement?.getAttribute?.("aria-label");
  for (const one of [parts.each, parts.monte, parts.reverse, parts.add]) one.disabled = off || (busy && one !== parts.add);
  parts.scenarios.replaceChildren(...view.review.scenarios.map((one) => scenarioCard(one, names, off)));
  parts.none.hidden = view.review.scenarios.length > 0;
  const left = proposed.scenarios.filter((one) => !view.review.scenarios.some((there) => there.name.toLowerCase() === one.name.toLowerCase()));
  parts.proposed.hidden = !left.length;
  parts.proposals.replaceChildren(...left.map((one) => proposalRow(one, names)));
  parts.takeAll.disabled = off;
  const runs = [...view.review.stress_runs].sort((one, other) => other.at.localeCompare(one.at));
  parts.noRun.hidden = runs.length > 0;
  parts.runs.replaceChildren(...runs.map((one) => runRow(one, off)));
  if (focused) [...place.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
  if (!chosenRun && runs.length) {
    chosenRun = runs[0].id;
    parts.runs.querySelector("button")?.setAttribute("aria-pressed", "true");
    showChosen();
  }
}

async function propose(view) {
  if (proposed.id === view.review.id && proposed.revision >= view.review.revision) return;
  try {
    const scenarios = await api("GET", `/${view.review.id}/stress/proposed`);
    proposed = { id: view.review.id, revision: view.review.revision, scenarios };
  } catch {
    return; // proposals are a help, not needed
  }
  if (parts && place?.isConnected && open.view) draw(open.view);
}

function show(where, view) {
  place = where;
  chosenRun = "";
  parts = {
    each: button("Remove each node in turn", () => runQuietly({ kind: "each node" }), { kind: "primary" }),
    monte: button("Simulate years (Monte Carlo)", simulate),
    reverse: button("What would break us?", breakUs),
    add: button("Add a scenario", () => openForm({ kind: "scenario", title: "New scenario", saveLabel: "Add the scenario", intro: "Say what is hit, how hard and for how long. It hits all nodes that any of the lists names." })),
    takeAll: button("Take over all", () => take(proposed.scenarios.map((one) => one.name))),
    state: el("div", { role: "status" }),
    undo: undoBar(),
    scenarios: el("ul", { class: "cards" }),
    proposals: el("ul", { class: "cards" }),
    runs: el("ul", { class: "runs" }),
    none: el("p", { class: "quiet", text: "No scenario yet." }),
    noRun: el("p", { class: "quiet", text: "No test was run yet." }),
    result: el("section", { "aria-label": "Result" }),
  };
  parts.proposed = el("details", { class: "tab-part", open: !view.review.scenarios.length }, el("summary", {}, el("h3", { text: "Proposed from your data" })), parts.proposals, el("p", { class: "toolbar" }, parts.takeAll));
  where.replaceChildren(
    el("section", { class: "tab-part", "aria-label": "Run a test" }, el("div", { class: "toolbar" }, parts.each, parts.monte, parts.reverse), parts.state),
    el("div", { class: "stress-columns" },
      el("section", { class: "tab-part", "aria-labelledby": "scenarios-title" }, el("div", { class: "toolbar between" }, el("h2", { id: "scenarios-title", text: "Scenarios" }), parts.add), parts.undo.element, parts.none, parts.scenarios, parts.proposed),
      el("section", { class: "tab-part", "aria-labelledby": "runs-title" }, el("h2", { id: "runs-title", text: "Tests that were run" }), parts.noRun, parts.runs, parts.result)));
  draw(view);
  propose(view);
}

export const stressTab = {
  id: "stress",
  label: "Stress tests",
  show,
  update(view) {
    if (!parts || !place?.isConnected) return;
    draw(view);
    propose(view);
  },
  hide() {
    parts = null;
  },
};
