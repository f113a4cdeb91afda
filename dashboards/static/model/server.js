// The model behind a server: every question one request, trouble in plain words.

import { Trouble } from "stage/model/port.js";
import { decode } from "stage/model/run_message.js";
import { messages } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Model} Model */

/** The longest silence of the server, in milliseconds; an answer that goes on telling how far it is may take longer. */
const LONGEST = 30000, AGAIN = 1500, GONE = 410;

/** A request's patience: it is given up after a silence, which each `heard` begins anew. */
class Patience {
  constructor() {
    this.control = new AbortController();
    this.heard();
  }

  heard() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.control.abort(), LONGEST);
  }

  end() {
    clearTimeout(this.timer);
  }
}

/**
 * @param {string} path
 * @param {RequestInit} options
 * @param {AbortSignal} [signal]
 */
async function send(path, options, signal = AbortSignal.timeout(LONGEST)) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal });
  } catch {
    throw new Trouble(messages.notices.lost_again, { lost: true });
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Trouble(said.error ?? messages.notices.no_answer, { gone: answer.status === GONE });
}

/**
 * @param {string} path
 * @param {object} data
 * @param {AbortSignal} [signal]
 */
const ask = (path, data, signal) => send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) }, signal);

/**
 * @param {string} path
 * @param {object} data
 */
const askJson = async (path, data) => (await ask(path, data)).json();

/**
 * @param {string} path
 * @param {object} data
 */
const askText = async (path, data) => (await ask(path, data)).text();

/**
 * Ask for something told line by line: progress while it is worked out, and the answer last.
 * @param {string} path
 * @param {object} data
 * @param {(progress: import("stage/model/port.js").Progress) => void} heard
 */
async function askLines(path, data, heard) {
  const patience = new Patience(), answer = await ask(path, data, patience.control.signal);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader(), decoder = new TextDecoder();
  let rest = "", last = null;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      patience.heard();
      const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines.filter(Boolean)) {
        last = JSON.parse(line);
        if (last.error) throw new Trouble(last.error);
        if ("done" in last) heard(last);
      }
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(messages.notices.lost, { lost: true });
  } finally {
    patience.end();
  }
  if (last === null || "done" in last) throw new Trouble(messages.notices.lost, { lost: true });
  return last;
}

/**
 * The model of the server that this page came from.
 * @returns {Model}
 */
export const serverModel = () => ({
  pageData: async () => (await fetch("/api/start")).json(),
  run: async (request) => decode(await (await ask("/api/run", request)).arrayBuffer()),
  why: (request, quarter) => askJson("/api/why", { ...request, quarter }),
  luck: (request, heard) => askLines("/api/luck", request, heard),
  contest: (request, other, heard) => askLines("/api/contest", { ...request, other: other.scenario }, heard),
  wayIn: (place) => askJson("/api/way-in", { place }),
  help: (request, quarter, heard) => askLines("/api/helps", { ...request, quarter }, heard),
  place: async (partners, ties) => {
    const form = new FormData();
    form.append("partners", partners);
    form.append("ties", ties);
    return (await send("/api/place", { method: "POST", body: form })).json();
  },
  numbers: (sides) => askText("/api/numbers", { sides }),
  eventLog: (sides) => askText("/api/log", { sides }),
  scenarioFile: (request, notes) => askText("/api/save", { ...request, notes }),
  openScenario: (file, place) => askJson("/api/open", { ...file, place }),
  offlinePage: (sides, more) => askText("/api/export", { sides: sides.map(({ request, changed }) => ({ ...request, changed })), ...more }),
  code: (link) => askText("/api/qr", { link }),
  back: async () => {
    for (;;) {
      await new Promise((done) => setTimeout(done, AGAIN));
      try {
        if ((await fetch("/api/ready", { signal: AbortSignal.timeout(AGAIN) })).ok) return;
      } catch {
        continue;
      }
    }
  },
});
