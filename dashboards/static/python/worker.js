// A worker that reads places with our translated sources. Who makes it puts them beside it, as `self.sources`.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { py } from "stage/python/builtins.js";
import { Bytes, Dict, SetOf, t } from "stage/python/gathered.js";
import { lib } from "stage/python/library.js";

/** What a source gives, as a page holds it. */
const plainly = (found) => {
  if (found instanceof Dict) return Object.fromEntries(Array.from(found.map.values(), ([name, value]) => [name, plainly(value)]));
  if (Array.isArray(found) || found instanceof SetOf) return Array.from(found, plainly);
  if (typeof found === "bigint") return Number(found);
  return found instanceof py.IntEnum ? Number(found.$value) : found;
};

/** Files and what a person decided, as a place or what is to be mended; a mistake of theirs is told. */
export function answered(sources, files, maps) {
  try {
    return { found: plainly(sources.dropped(files.map(({ name, content }) => t(name, new Bytes(content))), maps)) };
  } catch (error) {
    if (error instanceof sources.UserError) return { mistake: String(py.str(error)) };
    throw error;
  }
}

if ("sources" in self) {
  const sources = self.sources(py, lib);
  self.addEventListener("message", ({ data: { files, maps } }) => {
    try {
      self.postMessage(answered(sources, files, maps));
    } catch (error) {
      self.postMessage({ trouble: String(error?.stack ?? error) });
    }
  });
}
