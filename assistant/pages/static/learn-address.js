// What the address asks for: a concept, an area, a path or the map; so that links, reloading and going back work.

const NAMES = ["concept", "area", "path", "view", "steps"];

let follow = () => {};
/** Call a function whenever the address changed; it is told how far down the reader was, if they come back. */
export const onAddress = (listener) => (follow = listener);

const middle = () => document.getElementById("middle");

export function asked() {
  const told = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, (told.get(name) ?? "").slice(0, 200)]));
}

export function address(at = {}) {
  const told = new URLSearchParams(NAMES.filter((name) => at[name]).map((name) => [name, at[name]]));
  return `/learn${told.size ? `?${told}` : ""}`;
}

/** Keep with the present entry of the history how far down the reader is. */
function keepPlace() {
  history.replaceState({ down: middle().scrollTop }, "");
}

export function go(href) {
  keepPlace();
  history.pushState(null, "", href);
  follow(0);
}

export function startAddress() {
  history.scrollRestoration = "manual";
  addEventListener("popstate", (event) => follow(event.state?.down ?? 0));
  addEventListener("pagehide", keepPlace);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="/learn"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.closest("#pages") && !location.search) return; // the page itself: load it anew
    event.preventDefault();
    go(link.getAttribute("href"));
  });
}
