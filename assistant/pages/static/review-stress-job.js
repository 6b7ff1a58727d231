// Waits for a stress test that runs on the server.
import { api } from "./review-api.js";

const PAUSE = 500; // milliseconds between two questions; the server waits before it answers
const TRIES = 3; // times that the server may be away before the waiting ends

/** Ask until a test is done; gives {run}. Throws what the test ended with. */
export async function watchJob(review, begun) {
  let state = begun;
  let away = 0;
  while (state.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    try {
      state = await api("GET", `/${review}/stress/jobs/${state.job}`);
      away = 0;
    } catch (error) {
      if (!error.away || (away += 1) >= TRIES) throw error;
    }
  }
  return state;
}
