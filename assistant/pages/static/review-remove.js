// Removing an item, with a way back while one may still notice the mistake.
import { toast } from "./bridge.js";
import { announce, button, el } from "./dom.js";
import { send } from "./review-state.js";

const TIME = 20_000; // milliseconds for which undoing is offered

/** The line that offers to undo the last removal. */
export function undoBar() {
  const element = el("div", { class: "undo", role: "status", hidden: true });
  let timer;
  return {
    element,
    offer(text, undo) {
      clearTimeout(timer);
      const back = button("Undo", async () => {
        back.disabled = true;
        try {
          await undo();
          element.hidden = true;
          announce("It is back.");
        } catch (error) {
          back.disabled = false;
          toast(error.message);
        }
      });
      element.replaceChildren(el("span", { text }), back);
      element.hidden = false;
      timer = setTimeout(() => {
        if (!element.contains(document.activeElement)) element.hidden = true;
      }, TIME);
    },
  };
}

/** Remove an item and offer to undo it; gives whether it is gone. */
export async function removeItem(kind, item, name, bar) {
  try {
    await send("DELETE", `/items/${kind}/${encodeURIComponent(item.id)}?version=${item.version}`);
  } catch (error) {
    toast(error.conflict ? `${error.message} Look at it again before you remove it.` : error.message);
    return false;
  }
  bar?.offer(`“${name}” was removed.`, () => send("POST", `/restored/${kind}`, { item }));
  return true;
}
