// Asks the server. Every request carries the token of the process, and a later one of the same kind takes the place of an earlier.
const token = document.querySelector("meta[name=token]").content;
export const client = crypto.getRandomValues(new Uint32Array(2)).join("-");
const running = {}, waiting = {};

export class Refused extends Error {
  constructor(told) {
    super(told.refused || "the page did not answer");
    this.conflict = Boolean(told.conflict);
  }
}

// Returns the answer, or null if another request of the same kind has taken its place. Those that are `patient`, as while a slider is
// dragged, let one another finish: one is on its way, and of those that wait the newest is next. `body` makes what is sent when it goes.
// Those in a `lane` of their own take the place of others in that alone.
export async function ask(name, body, { patient = false, lane = name } = {}) {
  waiting[lane]?.(false);
  while (patient && running[lane]?.patient) {
    if (!(await new Promise((go) => { waiting[lane] = go; }))) return null;
  }
  delete waiting[lane];
  running[lane]?.abort();
  const own = (running[lane] = new AbortController());
  own.patient = patient;
  try {
    const told = await answer(fetch(`/api/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-augment-token": token },
      body: JSON.stringify({ client, ...(typeof body === "function" ? body() : body) }),
      signal: own.signal,
    }));
    return running[lane] === own ? told : null; // it may have come just before it was no longer wanted
  } catch (error) {
    if (running[lane] !== own || error.name === "AbortError") return null;
    throw error;
  } finally {
    if (running[lane] === own) {
      delete running[lane];
      waiting[lane]?.(true);
    }
  }
}

export function upload(file) {
  return answer(fetch("/api/pictures", {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream", "x-augment-token": token, "x-name": encodeURIComponent(file.name) },
    body: file,
  }));
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({ refused: "the server has ended: start 'augment view' again" });
  }
  if ((response.headers.get("content-type") || "").startsWith("application/json")) {
    const told = await response.json();
    if (told.superseded) return null;
    if (told.refused) throw new Refused(told);
    return told;
  }
  throw new Refused({ refused: (await response.text()).slice(0, 300) });
}
