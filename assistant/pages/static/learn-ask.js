// Takes a question to the chat, through the tab's own storage, so that no link can ask for a visitor.
import { toast } from "./bridge.js";

export function askInChat(question) {
  try {
    sessionStorage.setItem("scm-ask", question);
  } catch {
    toast("This browser keeps nothing between two pages, so the chat cannot be handed the question.");
    return;
  }
  location.href = "/";
}
