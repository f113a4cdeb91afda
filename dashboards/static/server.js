// Talking to the model: one request at a time for each picture, the latest wish wins, and trouble in plain words.

import { decode } from "stage/message.js";

const PATIENCE = 1500, LONGEST = 30000, AGAIN = 1500;

/** Trouble that can be told to the room as it is; `lost` where there was no answer at all. */
export class Trouble extends Error {
  constructor(message, { lost = false, status = 0 } = {}) {
    super(message);
    this.lost = lost;
    this.status = status;
  }
}

async function send(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(LONGEST) });
  } catch {
    throw new Trouble("The connection to the model is lost. The last picture stays, and it is tried again.", { lost: true });
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Trouble(said.error ?? "The model could not answer. The last picture stays.", { status: answer.status });
}

/** Ask with JSON; the answer as the browser's Response. */
export const ask = (path, data) => send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) });

export const askJson = async (path, data) => (await ask(path, data)).json();

export const upload = async (path, form) => (await send(path, { method: "POST", body: form })).json();

/** Ask for something told line by line; `heard` gets each line. */
export async function askLines(path, data, heard) {
  const answer = await ask(path, data);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const said = JSON.parse(line);
        if (said.error) throw new Trouble(said.error);
        heard(said);
      }
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble("The connection to the model is lost.", { lost: true });
  }
}

/** Keeps one picture's run up to date with the latest wish. */
export class Runner {
  constructor({ arrived, trouble, waiting, fine }) {
    Object.assign(this, { arrived, trouble, waiting, fine });
    this.wish = null;
    this.busy = false;
  }

  /** Wish for a run; wishes made while one is on its way replace each other. */
  want(request) {
    this.wish = request;
    if (!this.busy) this.work();
  }

  async work() {
    this.busy = true;
    working(1);
    while (this.wish) {
      const request = this.wish;
      this.wish = null;
      const slow = setTimeout(() => this.waiting(), PATIENCE);
      try {
        const answer = await ask("/api/run", request);
        const run = decode(await answer.arrayBuffer());
        this.arrived(run, request);
        this.fine();
      } catch (error) {
        this.trouble(error);
        if (error.lost) {
          await back();
          this.wish ??= request;
        }
      } finally {
        clearTimeout(slow);
      }
    }
    this.busy = false;
    working(-1);
  }
}

let atWork = 0;

/** How many pictures wait for an answer stands on the page, for assistive tools and tests. */
function working(change) {
  atWork += change;
  document.body.dataset.busy = String(atWork);
  document.body.setAttribute("aria-busy", String(atWork > 0));
}

/** Wait until the server answers again. */
async function back() {
  for (;;) {
    await new Promise((done) => setTimeout(done, AGAIN));
    try {
      if ((await fetch("/api/ready", { signal: AbortSignal.timeout(AGAIN) })).ok) return;
    } catch {
      continue;
    }
  }
}
