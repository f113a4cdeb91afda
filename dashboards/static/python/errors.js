// What goes wrong in a translated source: errors as Python has them, with their classes one above the other.
// @ts-nocheck: what a value is, is known when it runs, as in the sources translated.

/** Anything that is raised. An error's name is its class's. */
export function BaseException(...args) {
  if (!(this instanceof BaseException)) return BaseException.$made(BaseException, args);
}
BaseException.prototype = Object.create(Error.prototype);
BaseException.prototype.constructor = BaseException;
BaseException.$made = (kind, args) => {
  const error = Object.create(kind.prototype);
  error.$args = args;
  error.stack = new Error(kind.$__name__).stack;
  error.$__init__(...args);
  return error;
};
BaseException.$__name__ = "BaseException";
BaseException.$class = true;
BaseException.prototype.$__init__ = function (...args) {
  this.$args = args;
  this.message = args.length === 0 ? "" : String(args[0]);
};

const named = (name, base) => {
  const kind = { [name]: (...args) => BaseException.$made(kind, args) }[name];
  kind.prototype = Object.create(base.prototype);
  kind.prototype.constructor = kind;
  Object.setPrototypeOf(kind, base);
  kind.$__name__ = name;
  return kind;
};

export const Exception = named("Exception", BaseException);
export const ValueError = named("ValueError", Exception);
export const TypeError_ = named("TypeError", Exception);
export const AttributeError = named("AttributeError", Exception);
export const LookupError = named("LookupError", Exception);
export const KeyError = named("KeyError", LookupError);
export const IndexError = named("IndexError", LookupError);
export const StopIteration = named("StopIteration", Exception);
export const ArithmeticError = named("ArithmeticError", Exception);
export const OverflowError = named("OverflowError", ArithmeticError);
export const ZeroDivisionError = named("ZeroDivisionError", ArithmeticError);
export const AssertionError = named("AssertionError", Exception);
export const RecursionError = named("RecursionError", Exception);
export const UnicodeDecodeError = named("UnicodeDecodeError", ValueError);
/** Made by `named` for a library's own errors. */
export const error_class = named;

/** What a `raise` throws: an error, or one made of a class. */
export const raised = (thing) => (thing.$class ? thing() : thing);

/** Whether an `except` takes what was thrown. */
export const caught = (error, kinds) => (Array.isArray(kinds) ? kinds : [kinds]).some((kind) => error instanceof kind || (kind === RecursionError && error instanceof RangeError));

export const sure = (held) => {
  if (!held) throw AssertionError("what a source is sure of does not hold");
};

/** All of them, as sources name them. */
export const ERRORS = {
  BaseException, Exception, ValueError, TypeError: TypeError_, AttributeError, LookupError, KeyError, IndexError, StopIteration, ArithmeticError, OverflowError, ZeroDivisionError, AssertionError, RecursionError, UnicodeDecodeError,
};
