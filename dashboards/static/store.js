// What the room has chosen: scenario A, perhaps B, the seed; with undo and redo. Nothing here is drawn or sent.

const clone = (value) => structuredClone(value);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** State {A, B | null, active: "A" | "B", seed}; every change goes through `change`. */
export class Store {
  constructor(first) {
    this.now = first;
    this.past = [];
    this.future = [];
    this.before = null;
    this.listeners = [];
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  /** Edit a copy of the state. A passing change (a lever still moving) joins the next kept one as a single step to undo. */
  change(edit, { passing = false } = {}) {
    const next = clone(this.now);
    edit(next);
    if (passing) this.before ??= this.now;
    else {
      const before = this.before ?? this.now;
      this.before = null;
      if (!same(before, next)) {
        this.past = [...this.past.slice(-99), before];
        this.future = [];
      }
    }
    this.now = next;
    this.tell(passing);
  }

  undo() {
    this.step(this.past, this.future);
  }

  redo() {
    this.step(this.future, this.past);
  }

  step(from, to) {
    if (!from.length) return;
    to.push(this.now);
    this.now = from.pop();
    this.before = null;
    this.tell(false);
  }

  tell(passing) {
    this.listeners.forEach((listener) => listener(this.now, passing));
  }
}

/** The value of a lever at the start, as people write it. */
export const atStart = (scenario, name, words) => scenario.parameters[name] ?? words.parameters[name].default;

/** The value for everyone in a quarter: the start's, or that of the latest event for everyone. */
export function inForce(scenario, name, quarter, words) {
  let value = atStart(scenario, name, words);
  for (const event of [...scenario.events].sort((a, b) => a.quarter - b.quarter)) {
    if (event.what === "set" && !event.kind && !event.partner && event.quarter <= quarter && name in event.parameters) value = event.parameters[name];
  }
  return value;
}

/** Set a lever for everyone from the start; what the scenario says for a kind or a partner gives way. */
export function setAtStart(scenario, name, value, words) {
  if (value === words.parameters[name].default) delete scenario.parameters[name];
  else scenario.parameters[name] = value;
  for (const group of [scenario.kinds, scenario.partners]) {
    for (const [who, values] of Object.entries(group)) {
      delete values[name];
      if (!Object.keys(values).length) delete group[who];
    }
  }
}

/** Set a lever for everyone from a quarter on: one event of the quarter gathers all such changes. */
export function setFrom(scenario, name, value, quarter, words) {
  const found = scenario.events.find((event) => event.quarter === quarter && event.mine && event.what === "set");
  const event = found ?? { quarter, what: "set", parameters: {}, mine: true };
  if (!found) scenario.events.push(event);
  event.parameters[name] = value;
  event.title = `From now on: ${Object.keys(event.parameters).map((key) => words.parameters[key].label).join(", ")}`.slice(0, 300);
}

/** What is sent to the server: without marks of the page's own. */
export function forServer(scenario) {
  const { events, ...rest } = scenario;
  return { ...rest, events: events.map(({ mine, ...event }) => event) };
}

const shown = (value, p) => (p.codes.length ? p.choices[p.codes.indexOf(value)] : String(value));

function eventText(event, words, place) {
  const name = (id) => place.labels[place.ids.indexOf(id)] ?? id;
  const when = `from quarter ${event.quarter + 1}`;
  const kinds = Object.fromEntries(words.kinds.map((kind) => [kind.code, kind.plural]));
  const who = event.partner ? name(event.partner) : event.kind ? kinds[event.kind] : "";
  if (event.what === "set") {
    return `${Object.entries(event.parameters).map(([key, value]) => `${words.parameters[key].label}: ${shown(value, words.parameters[key])}`).join(", ")}${who ? ` for ${who}` : ""}, ${when}`;
  }
  if (event.what === "leader") return `A new leader for ${who}, ${when}`;
  if (event.what === "reversal" || event.what === "reorganisation") return `A ${event.what}, ${when}`;
  const pair = event.between ? event.between.map((code) => kinds[code]).join(" and ") : `${name(event.a)} and ${name(event.b)}`;
  return `Agreement ${event.what === "break" ? "broken" : "brokered"}: ${pair}, ${when}`;
}

/** Everything in which a scenario differs from its preset: a text, and how to take it back. */
export function differences(scenario, preset, words, place) {
  const found = [];
  for (const name of Object.keys(words.parameters)) {
    const p = words.parameters[name], was = preset.parameters[name] ?? p.default, is = scenario.parameters[name] ?? p.default;
    if (was !== is) found.push({ text: `${p.label}: ${shown(was, p)} → ${shown(is, p)}`, back: (draft) => setAtStart(draft, name, was, words) });
  }
  for (const group of ["kinds", "partners"]) {
    for (const who of new Set([...Object.keys(preset[group]), ...Object.keys(scenario[group])])) {
      if (same(preset[group][who], scenario[group][who])) continue;
      const label = group === "kinds" ? words.kinds.find((kind) => kind.code === who).plural : place.labels[place.ids.indexOf(who)] ?? who;
      const list = Object.entries(scenario[group][who] ?? {}).map(([name, value]) => `${words.parameters[name].label} ${shown(value, words.parameters[name])}`);
      found.push({ text: `For ${label}: ${list.join(", ") || "nothing of their own"}`, back: (draft) => {
        if (preset[group][who]) draft[group][who] = clone(preset[group][who]);
        else delete draft[group][who];
      } });
    }
  }
  const plain = ({ mine, ...event }) => event;
  for (const event of scenario.events) {
    if (!preset.events.some((other) => same(plain(other), plain(event)))) {
      found.push({ text: eventText(event, words, place), back: (draft) => { draft.events = draft.events.filter((other) => !same(other, event)); } });
    }
  }
  for (const event of preset.events) {
    if (!scenario.events.some((other) => same(plain(other), plain(event)))) {
      found.push({ text: `Without: ${eventText(event, words, place)}`, back: (draft) => draft.events.push(clone(event)) });
    }
  }
  return found;
}
