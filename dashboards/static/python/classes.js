// Classes, calls that name what they give, records and closed sets, as translated sources declare them. What a source calls
// `name` is `$name` here, so that nothing of a script's own is met.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

import { AttributeError, BaseException, KeyError, TypeError_, ValueError } from "stage/python/errors.js";

export const object = Object.assign(function object() {}, { $class: true, $__name__: "object" });

/** What a call gives by name, handed over last. */
export class Named {
  constructor(held) {
    this.held = held;
  }
}

/** A function with the names of its parameters; `more`: whether it takes others too. */
export function sig(made, names, more = false) {
  made.$sig = names;
  made.$more = more;
  return made;
}

/** A call some of whose arguments are named. */
export function call(made, given, by_name, self = undefined) {
  const names = made.$sig;
  if (names === undefined) throw TypeError_(`${made.name} takes nothing by name`);
  const args = [...given];
  let more = null;
  for (const [name, value] of Object.entries(by_name)) {
    const at = names.indexOf(name);
    if (at >= 0) args[at] = value;
    else if (made.$more) (more ??= {})[name] = value;
    else throw TypeError_(`${made.$__name__ ?? made.name} takes no ${name}`);
  }
  if (more) args.push(new Named(more));
  return self === undefined ? made(...args) : made.apply(self, args);
}

export const call_named = (holder, name, given, by_name) => {
  const made = attr(holder, name, false);
  return call(made, given, by_name, made.$class ? undefined : holder);
};

/** What an object holds under a name; a method keeps whose it is. */
export function attr(holder, name, bound = true) {
  if (holder === null || holder === undefined) throw AttributeError(`None has no ${name.slice(1)}`);
  const found = holder[name];
  if (found === undefined) throw AttributeError(`${holder.constructor?.$__name__ ?? typeof holder} has no ${name.slice(1)}`);
  if (!bound || typeof found !== "function" || found.$class || (typeof holder !== "function" && Object.hasOwn(Object(holder), name))) return found;
  const kept = found.bind(holder);
  return found.$sig ? sig(kept, found.$sig, found.$more) : kept;
}

/** A class: called, it makes an instance. */
export function class_of(name, base, methods, statics) {
  const is_error = base === BaseException || base.prototype instanceof BaseException;
  const kind = {
    [name]: (...given) => {
      if (is_error) return BaseException.$made(kind, given);
      const made = Object.create(kind.prototype);
      made.$__init__?.(...given);
      return made;
    },
  }[name];
  kind.prototype = Object.create(base.prototype ?? Object.prototype);
  Object.defineProperties(kind.prototype, Object.getOwnPropertyDescriptors({ ...{ constructor: kind } }));
  Object.defineProperties(kind.prototype, Object.getOwnPropertyDescriptors(methods));
  Object.setPrototypeOf(kind, base);
  for (const [each, value] of Object.entries(statics)) kind[each] = kind.prototype[each] = value;
  kind.$__name__ = name;
  kind.$class = true;
  kind.$sig = kind.prototype.$__init__?.$sig ?? [];
  return kind;
}

/** Makes a class a record: fields in order, each with its default if it has one. */
export function record(kind, own, { eq = true, frozen = false } = {}) {
  const fields = [...(Object.getPrototypeOf(kind).$fields ?? []), ...own];
  kind.$fields = fields;
  kind.$same = eq;
  kind.$frozen = frozen;
  kind.$sig = fields.map(([name]) => name);
  kind.prototype.$__init__ = function (...given) {
    if (given.length > fields.length) throw TypeError_(`${kind.$__name__} has ${fields.length} fields`);
    fields.forEach(([name, usual], k) => {
      if (given[k] === undefined && usual === undefined) throw TypeError_(`${kind.$__name__} lacks ${name}`);
      this[`$${name}`] = given[k] === undefined ? usual() : given[k];
    });
    this.$__post_init__?.();
  };
}

/** A record as it was when the page was written. */
export function made(kind, values) {
  const one = Object.create(kind.prototype);
  kind.$fields.forEach(([name], k) => {
    one[`$${name}`] = values[k];
  });
  return one;
}

export class Enum {
  static $class = true;
  static $__name__ = "Enum";
}
export class IntEnum extends Enum {}

/** A closed set: its members by name, in order; called with a value, it gives the member. */
export function enum_class(name, base, methods, statics, members) {
  const kind = {
    [name]: (value) => {
      const found = kind.$members.find((each) => each === value || each.$value === value);
      if (!found) throw ValueError(`${String(value)} is not a valid ${name}`);
      return found;
    },
  }[name];
  kind.prototype = Object.create(base.prototype);
  Object.defineProperties(kind.prototype, Object.getOwnPropertyDescriptors(methods));
  kind.prototype.constructor = kind;
  Object.assign(kind, statics, { $__name__: name, $class: true, $sig: ["value"] });
  kind.$members = members.map(([each, value, own]) => {
    const member = Object.assign(Object.create(kind.prototype), own, { $name: each, $value: value });
    kind[`$${each}`] = member;
    return member;
  });
  kind[Symbol.iterator] = () => kind.$members[Symbol.iterator]();
  kind.by_name = (each) => {
    const found = kind.$members.find((member) => member.$name === each);
    if (!found) throw KeyError(each);
    return found;
  };
  return kind;
}

/** A value worked out at most once for each instance. */
export function cached(holder, name, work) {
  const value = work();
  Object.defineProperty(holder, `$${name}`, { value, writable: true, enumerable: false, configurable: true });
  return value;
}
