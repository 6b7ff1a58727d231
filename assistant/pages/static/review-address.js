// What the address asks for: ?id=…&tab=…&q=…, or ?invite=…; so that reloading and going back work.

let follow = () => {};
export const onAddress = (listener) => (follow = listener);

export function asked() {
  const told = new URLSearchParams(location.search);
  const part = (name) => told.get(name) ?? "";
  return { id: part("id"), tab: part("tab"), q: part("q"), invite: part("invite"), node: part("node"), who: part("who") };
}

export function address(at) {
  const told = new URLSearchParams(Object.entries(at).filter(([, value]) => value));
  return `/review${told.size ? `?${told}` : ""}`;
}

/** Go to another place of the page; `instead` of the present one, so that back leads past it. */
export function go(at, instead = false) {
  if (instead) history.replaceState(null, "", address(at));
  else history.pushState(null, "", address(at));
  follow();
}

/** Say where the reader is within a tab without showing it anew. */
export function note(at, instead = false) {
  if (address(at) === location.pathname + location.search) return;
  if (instead) history.replaceState(null, "", address(at));
  else history.pushState(null, "", address(at));
}

addEventListener("popstate", () => follow());
