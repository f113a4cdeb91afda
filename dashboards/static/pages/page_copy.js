// The page itself as a file to give away: as it came, with what is shown now, and without the server that it may have come from.

import { messages, text } from "stage/words/messages.js";

/** @typedef {import("stage/model/port.js").Place} Place */
/** A place of the visitor's own, and what the page holds of it. @typedef {{place: Place, held: import("stage/model/compiled.js").PlaceHeld}} Own */

/**
 * The page that the stage stands in: its copies, where others on the network reach it (empty where they cannot), and the session that it was given away with, if any.
 * @typedef {{copy: PageCopy, address: string, brought: string}} Page
 */

/**
 * What was deflated and written in base64.
 * @param {string} packed
 */
export async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (letter) => letter.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text());
}

async function packed(data) {
  const bytes = new Uint8Array(await new Response(new Blob([JSON.stringify(data)]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** JSON that cannot end the element it stands in. */
const inline = (data) => JSON.stringify(data).replaceAll("<", "\\u003c");

export class PageCopy {
  /** @param {HTMLElement} page  as it came, before anything is shown in it */
  constructor(page) {
    this.blank = /** @type {HTMLElement} */ (page.cloneNode(true));
  }

  /**
   * The page as the text of a file, which opens with this session.
   * @param {string} title
   * @param {string} session
   * @param {Own | null} own  the place, where it is not that which came with the page
   */
  async file(title, session, own) {
    const page = /** @type {HTMLElement} */ (this.blank.cloneNode(true)), at = (name) => /** @type {HTMLElement} */ (page.querySelector(name)), server = at("#server");
    const data = JSON.parse(at("#data").textContent);
    if (server) {
      at("meta[http-equiv=content-security-policy]").setAttribute("content", JSON.parse(server.textContent).policy);
      server.remove();
    }
    if (own) {
      const { version, source, rules } = data, { sources } = JSON.parse(at("#module").textContent), { place, held } = own;
      const generator = text(messages.file_page.generator, { version, source, rules: rules.hash && text(messages.other_rules.named, rules), compiled: sources, place: `${place.title} ${place.hash.slice(0, 16)}` });
      at("#data").textContent = inline({ ...data, place });
      at("#held").textContent = await packed({ ...await unpacked(at("#held").textContent), ...held });
      at("meta[name=generator]").setAttribute("content", generator);
      at(".origin").textContent = generator;
    }
    at("title").textContent = title;
    at("#brought").textContent = inline(JSON.parse(session));
    return `<!doctype html>\n${page.outerHTML}\n`;
  }
}
