// Small helpers for building and filling elements.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, listeners (onclick …), attributes and children. */
export function h(tag, properties = {}, ...children) {
  return dress(document.createElement(tag), properties, children);
}

/** As `h`, for SVG. */
export function s(tag, properties = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), properties, children);
}

function dress(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (["value", "checked", "disabled", "open", "hidden"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Put new children in place of the old ones. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

export const percent = (share) => `${Math.round(100 * share)}%`;

/** A number as people read it: no more digits than mean something. */
export function plain(value) {
  if (typeof value === "string") return value.replaceAll("_", " ");
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  return String(Number(value.toFixed(digits))).replace("-", "−");
}

export const reduced = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Millions of pounds, in words that fit their size. */
export function pounds(millions) {
  if (millions >= 0.1 || millions === 0) return `£${millions >= 10 ? Math.round(millions).toLocaleString("en-GB") : Number(millions.toFixed(1))}m`;
  return millions < 0.001 ? "less than £1,000" : `£${Math.round(millions * 1000)},000`;
}

export const when = (quarter) => `Year ${Math.floor(quarter / 4) + 1}, quarter ${(quarter % 4) + 1}`;

/** "a, b and c" */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Save what was made as a file. */
export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
