// Calls of the review page to the server: JSON in and out, every failure as one kind of error.

/** status 0: the server cannot be reached. wrong: [{field, reason}]. current: the item as it stands, of a conflict. */
export class ApiError extends Error {
  constructor(status, message, { wrong = [], current = null } = {}) {
    super(message);
    Object.assign(this, { status, wrong, current });
  }

  get away() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  get conflict() {
    return this.status === 409;
  }
}

const AWAY = "The server cannot be reached. What you typed is kept in this browser and sent when it is back.";
const PATIENCE = 30_000; // milliseconds

/** Call a route below /reviews; gives the JSON of the answer, null for none. */
export async function api(method, path, body = undefined, { raw = false } = {}) {
  const options = { method, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = raw ? body : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/reviews${path}`, options);
  } catch {
    throw new ApiError(0, AWAY);
  }
  if (response.status === 204) return null;
  const found = await response.json().catch(() => null);
  if (response.ok) return found;
  const said = typeof found?.detail === "string" ? found.detail : "Something went wrong; the server's log has the details.";
  throw new ApiError(response.status, said, found ?? {});
}
