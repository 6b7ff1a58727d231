// The side bar: past conversations to open, find, rename, delete and export.
import { call, focusQuestion, onState, state, tell, toast } from "./bridge.js";
import { find } from "./dom.js";

const phone = matchMedia("(max-width: 860px)");
let entries = [];
let asked = 0;

/** Show or hide the side bar; on a phone it lies over the page and starts closed. */
function open(shown) {
  document.body.dataset.sidebar = shown ? "open" : "closed";
  find("sidebar-toggle").setAttribute("aria-expanded", String(shown));
  find("sidebar").inert = !shown;
}

function groupOf(updated) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = (midnight - new Date(updated)) / 86400000;
  if (days <= 0) return "Today";
  if (days <= 1) return "Yesterday";
  return days <= 7 ? "Last seven days" : "Earlier";
}

function action(name, label, run) {
  const element = document.createElement(run ? "button" : "a");
  element.className = "icon-button";
  element.title = label;
  element.setAttribute("aria-label", label);
  element.innerHTML = `<span class="icon icon-${name}"></span>`;
  if (run) {
    element.type = "button";
    element.addEventListener("click", run);
  }
  return element;
}

function actions(entry) {
  const row = document.createElement("div");
  row.className = "actions";
  const save = action("export", "Export this conversation as Markdown");
  save.href = `/conversations/${entry.id}/export`;
  save.download = "";
  row.append(
    action("rename", "Rename this conversation", () => rename(entry)),
    save,
    action("delete", "Delete this conversation", () => remove(entry)),
  );
  return row;
}

function item(entry) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = `/?c=${entry.id}`;
  link.textContent = entry.title;
  link.title = entry.title;
  link.dir = "auto";
  row.append(link);
  if (entry.id === state.conversation) {
    row.className = "current";
    link.setAttribute("aria-current", "page");
    row.append(actions(entry));
  }
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(entry.id);
  });
  return row;
}

function draw() {
  const place = find("conversations");
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const label = focused?.getAttribute("aria-label");
  const href = focused?.getAttribute("href");
  const parts = [];
  let group = "";
  let list;
  for (const entry of entries) {
    if (groupOf(entry.updated) !== group) {
      group = groupOf(entry.updated);
      const heading = document.createElement("h2");
      heading.textContent = group;
      list = document.createElement("ul");
      parts.push(heading, list);
    }
    list.append(item(entry));
  }
  if (!entries.length) {
    const none = document.createElement("p");
    none.className = "none";
    none.textContent = find("search").value.trim() ? "No conversation holds these words." : "No conversations yet.";
    parts.push(none);
  }
  place.replaceChildren(...parts);
  if (focused) [...place.querySelectorAll("a, button")].find((one) => (label ? one.getAttribute("aria-label") === label : one.getAttribute("href") === href))?.focus();
  document.title = entries.find((entry) => entry.id === state.conversation)?.title ?? "SCM Assistant";
}

async function refresh() {
  const mine = ++asked;
  try {
    const found = await (await call(`/conversations?search=${encodeURIComponent(find("search").value)}`)).json();
    if (mine !== asked) return;
    entries = found;
    draw();
  } catch (error) {
    toast(error.message);
  }
}

/** Show a conversation, or with "" the empty page. */
function show(id) {
  if (phone.matches) open(false);
  tell("open-request", id);
  focusQuestion();
}

function rename(entry) {
  const box = find("rename-text");
  box.value = entry.title;
  find("rename-dialog").onsubmit = async () => {
    try {
      await call(`/conversations/${entry.id}`, {
        method: "PATCH",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ title: box.value }),
      });
    } catch (error) {
      toast(error.message);
    }
    refresh();
  };
  find("rename-dialog").showModal();
  box.select();
}

function remove(entry) {
  find("delete-text").textContent = `“${entry.title}” is deleted with all its answers. This cannot be undone.`;
  find("delete-dialog").onsubmit = async () => {
    try {
      await call(`/conversations/${entry.id}`, { method: "DELETE" });
      show("");
    } catch (error) {
      toast(error.message);
    }
    refresh();
  };
  find("delete-dialog").showModal();
}

export function startSidebar() {
  open(!phone.matches);
  phone.addEventListener("change", () => open(!phone.matches));
  find("sidebar-toggle").addEventListener("click", () => {
    open(document.body.dataset.sidebar !== "open");
    if (phone.matches && document.body.dataset.sidebar === "open") find("new-conversation").focus();
  });
  find("sidebar-shade").addEventListener("click", () => open(false));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !phone.matches || document.body.dataset.sidebar !== "open") return;
    if (document.querySelector("dialog[open]")) return;
    open(false);
    find("sidebar-toggle").focus();
  });
  for (const link of [find("new-conversation"), document.querySelector(".brand")]) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show("");
    });
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  }
  let typing;
  find("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(refresh, 150);
  });
  addEventListener("focus", () => state.connected && refresh());
  addEventListener("popstate", () => tell("open-request", new URLSearchParams(location.search).get("c") ?? ""));
  onState(() => {
    const address = state.conversation ? `/?c=${state.conversation}` : "/";
    if (location.pathname + location.search !== address) {
      // Back from a question that another page handed over leads to that page, not to an empty chat.
      history[document.body.dataset.handed ? "replaceState" : "pushState"](null, "", address);
      delete document.body.dataset.handed;
    }
    refresh();
  });
}
