// Calls of the quiz page to the server: JSON in and out, every failure as one kind of error.

const AWAY = "The server cannot be reached. Nothing is lost: try again when it is back.";
const PATIENCE = 30_000; // milliseconds

/** status 0: the server cannot be reached. */
export class QuizProblem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Call a route below /quizzes; gives the JSON of the answer, null for none. */
export async function api(method, path = "", body = undefined) {
  const options = { method, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
  if (method === "POST") {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body ?? {});
  }
  let response;
  try {
    response = await fetch(`/quizzes${path}`, options);
  } catch {
    throw new QuizProblem(0, AWAY);
  }
  if (response.status === 204) return null;
  const found = await response.json().catch(() => null);
  if (response.ok) return found;
  throw new QuizProblem(response.status, typeof found?.detail === "string" ? found.detail : "Something went wrong; the server’s log has the details.");
}
