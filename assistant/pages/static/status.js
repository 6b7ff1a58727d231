// Shows how far the start has come, and lasting warnings as a banner that can be dismissed.
import { call } from "./bridge.js";

const dismissed = new Set();
export const limits = { characters: Infinity };

function showNotices(notices) {
  const place = document.getElementById("notices");
  place.replaceChildren(
    ...notices
      .filter((notice) => !dismissed.has(notice))
      .map((notice) => {
        const row = document.createElement("p");
        const words = document.createElement("span");
        words.textContent = notice;
        const close = document.createElement("button");
        close.type = "button";
        close.className = "icon-button";
        close.setAttribute("aria-label", "Dismiss this notice");
        close.innerHTML = '<span class="icon icon-close"></span>';
        close.addEventListener("click", () => {
          dismissed.add(notice);
          row.remove();
        });
        row.append(words, close);
        return row;
      }),
  );
}

async function poll() {
  const place = document.getElementById("progress");
  let wait = 1000;
  try {
    const status = await (await call("/status")).json();
    limits.characters = status.max_input_chars;
    const share = status.total ? ` ${Math.round((100 * status.done) / status.total)}%` : "";
    place.textContent = status.ready ? "" : status.message || "Starting";
    place.title = status.ready ? "" : `${status.message}${share}`;
    place.style.setProperty("--share", status.total ? status.done / status.total : 0);
    place.dataset.busy = status.ready ? "" : "yes";
    showNotices(status.notices);
    wait = status.ready ? 60000 : 500;
  } catch (error) {
    place.textContent = error.message;
    wait = 3000;
  }
  setTimeout(poll, wait);
}

export const startStatus = poll;
