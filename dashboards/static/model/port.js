// The port: what the page asks of the model, whoever works it out: the compiled model in workers (`compiled.js`). Nothing else of the
// page knows where runs come from.

/**
 * What is settled before the first run: the place, the levers, the presets, the words and numbers of the model.
 * @typedef {object} PageData
 * @property {string} version
 * @property {string} source  hash of the sources that decide a result
 * @property {Rules} rules  by which it plays
 * @property {string} caution
 * @property {number} quarters
 * @property {string} largest_seed  the largest number of a world, as digits: more than a browser holds as a number
 * @property {Place} place
 * @property {{code: string, label: string, levers: string[]}[]} groups
 * @property {Record<string, Parameter>} parameters
 * @property {Scenario[]} presets
 * @property {{code: string, label: string, plural: string, colour: string}[]} kinds
 * @property {{code: string, label: string}[]} values
 * @property {Resource[]} resources
 * @property {{code: string, label: string}[]} blockers
 * @property {{code: string, label: string, meaning: string}[]} regimes
 * @property {{code: string, label: string}[]} talks
 * @property {{code: string, label: string}[]} backgrounds
 * @property {{code: string, meaning: string}[]} measures
 * @property {Thresholds} thresholds
 * @property {Record<string, Story>} stories  by preset
 * @property {{A: string, B: string}} opening  the presets with which the page opens
 * @property {Questions} asked  how the long questions are answered
 * @property {Known | null} known  what is known after the data, where the page was given that
 */

/** @typedef {{file: string, settings: number, places: string[]}} Known  places: hashes of those that the data are of; none where that is not known */

/** @typedef {{hash: string, told: string, said: string, short: string}} Rules  their hash and how they were chosen, as a manifest has them, and in plain words, at length and in short; all empty for the shipped ones */

/** @typedef {number | string} Seed  the number of a world: digits where it is larger than a browser holds exactly (`seeds.js`) */

/** @typedef {{levers: string[], world: number}} Story  the levers that carry a preset's question, and the seed of a typical world */

/** @typedef {{aspect: number, xy: [number, number][], radius: number[]}} Layout  positions in 0..1 of a picture of this shape, radii as shares of its height */

/**
 * What may be shared, and its weight in the breadth of what a tie shares.
 * @typedef {{code: string, label: string, weight: number}} Resource
 */

/** @typedef {{shares: number, strained: number, alike: number, early: number}} Thresholds  from where on a tie shares something and a partner is under heavy strain; what is joined counts as alike within `alike`; a stall up to quarter `early` is told as nothing having moved */

/** @typedef {{worlds: number, help_worlds: number, help_step: number, help_until: number, fresh_worlds: number, smallest: number, near: number, far: number}} Questions  smallest: the smallest lead of interest; near, far: up to where circumstances are told as near, and from where as far */

/** @typedef {{label: string, meaning: string, source: string, unit: string, low: number, high: number, default: number | string, choices: string[], codes: string[], whole: boolean, scope: string, lever: boolean}} Parameter */

/**
 * Partners and ties as columns.
 * @typedef {object} Place
 * @property {string} hash
 * @property {string} title
 * @property {string[]} warnings
 * @property {string[]} ids
 * @property {string[]} labels
 * @property {number[]} kind
 * @property {number[]} income
 * @property {boolean[]} assumed
 * @property {Layout[]} layouts
 * @property {number[]} a
 * @property {number[]} b
 * @property {number[]} weight
 * @property {number[]} spend
 * @property {boolean[]} weak
 */

/** @typedef {Record<string, number | string>} Values  levers by name */

/**
 * An event of a quarter counted from 0; `mine` marks what the visitor added, and is never sent.
 * @typedef {{quarter: number, what: string, title?: string, parameters?: Values, kind?: string, partner?: string, background?: string, skill?: number, between?: string[], a?: string, b?: string, scope?: number, mine?: boolean}} TimedEvent
 */

/** @typedef {{preset: string, title: string, question: string, about: string, source: string, parameters: Values, kinds: Record<string, Values>, partners: Record<string, Values>, events: TimedEvent[]}} Scenario */

/**
 * One run. A branch is a run too: the same seed, and a scenario with events from a quarter on. It equals the run it leaves up to
 * there, to the last bit, so that whoever keeps the state of a quarter may go on from it.
 * @typedef {{place: string, scenario: Scenario, seed: Seed}} RunRequest
 */

/**
 * A column of one number for each item and quarter, in 256 steps.
 * @typedef {{values: Uint8Array | Float32Array, low: number, scale: number, count: number}} Column
 */

/** @typedef {{quarter: number, what: string, said: string, count: number}} Moment */

/** @typedef {{place: string, scenario: string, seed: Seed, quarters: number, version: string, source: string, result: string, regime: string, times: Times, events: {quarter: number, said: string}[], elections: number[], verdict: string, moments: Moment[]}} RunHeader  verdict and moments are told by `words/happened.js`, from the rest */

/** @typedef {{integration: number | null, stall: number | null, collapse: number | null}} Times  quarters counted from 1 in which these came about; null where they did not */

/** @typedef {{header: RunHeader, partner: Record<string, Column>, tie: Record<string, Column>, measures: Float32Array, width: number, quarters: number}} Run */

/** @typedef {{when: string, text: string, partners: number[], rows: {row: number, facts: Record<string, string | number>}[]}} Sentence */

/** @typedef {{quarter: number, moving: number, confirmed: number, summary: string, reasons: {blocker: string, label: string, share: number, ties: number, text: string, sentences: Sentence[]}[]}} Reasons */

/** @typedef {{of: number, seed: Seed, regimes: {code: string, label: string, meaning: string, count: number}[], said: string, bands: Record<string, number[][]>, ends: number[]}} Luck */

/** @typedef {{of: number, ahead: number, behind: number, gain: number}} Contest  in how many worlds B ends with more joined up than A under the same luck, in how many with less, and the middle difference */

/**
 * One step of the way in: words, and the moment of a run that shows them.
 * @typedef {{title: string, said: string[], show: {place: string, scenario: Scenario, seed: Seed, quarter: number}}} WayInStep
 */

/** @typedef {{name: string, label: string, was: number | string, value: number | string, gain: number, low: number, high: number}} HelpRow */

/** @typedef {{quarter: number, worlds: number, unchanged: number, rows: HelpRow[]}} Help */

/** @typedef {{gain: number, ahead: number, worlds: number}} Lead  by how much more B ends with joined up than A, on average of so many worlds, and in how many the side that is ahead on average is */

/** @typedef {{name: string, was: number | string, value: number | string, share: number}} Moved  a setting of both sides, and by what share of its range it was moved */

/** @typedef {{moves: Moved[], distance: number, lead: Lead}} Circumstances  the longest move first; distance in ranges of a setting */

/**
 * What would turn a comparison round, as far as is known: how it stands; how many circumstances were tried; the nearest found; the one setting that comes nearest to it where none does.
 * @typedef {{standing: Lead, decided: boolean, tried: number, found: Circumstances | null, closest: Circumstances | null}} TurnSoFar  decided: whether one side is ahead as things stand
 */

/** @typedef {TurnSoFar & {holds: boolean, seed: Seed}} Turn  holds: whether fresh worlds bear it out; seed: a world that shows it */

/** @typedef {{done: number, of: number, integrated?: number, ranked?: Help, step?: string, turn?: TurnSoFar}} Progress  ranked, turn: what is known so far */

/** @typedef {Record<string, string>} Notes */

/** What a person must say: `map` goes before the answer; `free` tells what else than the choices may be written, if anything. */
/** @typedef {{map: string, question: string, where: string, count: number, choices: string[], free: string}} Decision */

/**
 * A place read from files with the report, or what is to be mended and decided first.
 * @typedef {{place: Place, held: import("stage/model/compiled.js").PlaceHeld, report: string, parts: {heading: string, said: string[]}[], files: {partners: string, ties: string}}} Imported
 * @typedef {{place: null, faults: string[], decisions: Decision[], more: number}} ImportRefusal
 * @typedef {Imported | ImportRefusal} ImportAnswer
 */

/** @typedef {(files: File[], maps: string[]) => Promise<ImportAnswer>} ReadPlace  from any files */

/**
 * @typedef {object} Model
 * @property {() => Promise<PageData>} pageData
 * @property {(request: RunRequest) => Promise<Run>} run
 * @property {(request: RunRequest, quarter: number) => Promise<Reasons>} why  quarter: counted from 1
 * @property {(request: RunRequest, heard: (progress: Progress) => void, open: boolean) => Promise<Luck>} luck  open: each world under a setting of its own of what is not known
 * @property {(request: RunRequest, other: RunRequest, heard: (progress: Progress) => void, open: boolean) => Promise<Contest>} contest  the same worlds under both
 * @property {(request: RunRequest, quarter: number, heard: (progress: Progress) => void) => Promise<Help>} help
 * @property {(request: RunRequest, rival: RunRequest, heard: (progress: Progress) => void) => Promise<Turn>} turn  what else than their differences would have to be otherwise for the other to end ahead
 * @property {(place: string) => Promise<{places: Place[], steps: WayInStep[]}>} wayIn
 * @property {ReadPlace} importPlace  takes a place of the visitor's own
 * @property {(sides: RunRequest[]) => Promise<string>} numbers  CSV; of two sides one below the other
 * @property {(sides: RunRequest[]) => Promise<string>} eventLog  the same
 * @property {(request: RunRequest, notes: Notes) => Promise<string>} scenarioFile  TOML
 * @property {(file: {text: string, name: string}, place: string) => Promise<{scenario: Scenario, seed: Seed, notes: Notes}>} openScenario
 */

/** Trouble that can be told to the room as it is. */
export class Trouble extends Error {}
