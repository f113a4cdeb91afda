// Small helpers for building and filling elements.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with properties, listeners (onclick …), attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties]
 * @param {any[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  return dress(document.createElement(tag), properties, children);
}

/**
 * As `h`, for SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties]
 * @param {any[]} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, properties = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), properties, children);
}

const isThere = (child) => child !== null && child !== undefined && child !== false;

/**
 * @template {Element} E
 * @param {E} element
 * @returns {E}
 */
function dress(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (["value", "checked", "disabled", "open", "hidden"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(isThere));
  return element;
}

/**
 * Put new children in place of the old ones.
 * @template {Element} E
 * @param {E} element
 * @param {any[]} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(isThere));
  return element;
}

/**
 * An element that the page's HTML has; whoever asks knows which sort it is.
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

export const reduced = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Open a dialog over the page; it goes once it is closed. */
export function openDialog(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Save what was made as a file.
 * @param {string} name
 * @param {Blob | string} content
 * @param {string} [type]
 */
export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
