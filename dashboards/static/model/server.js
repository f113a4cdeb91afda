// What a server does for the page: it reads a place from whatever files. Runs are the page's own.

import { Trouble } from "stage/model/port.js";

const LONGEST = 60000;

/**
 * How a place is read from files.
 * @param {{lost: string, no_answer: string}} words  where there is no answer, or none that says why
 * @returns {(files: File[], maps: string[]) => Promise<import("stage/model/port.js").ImportAnswer>}
 */
export const importer = ({ lost, no_answer: silent }) => async (files, maps) => {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  for (const each of maps) form.append("maps", each);
  const answer = await fetch("/api/place/import", { method: "POST", body: form, signal: AbortSignal.timeout(LONGEST) }).catch(() => { throw new Trouble(lost); });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Trouble(said.error ?? silent);
  return said;
};
