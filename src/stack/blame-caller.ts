import { captureDeepStack, stackOf } from './deep-stack';
import { isFrame } from './frames';
import { isError } from '../util/is-error';
import { isOwnFrame } from './own-folder';

type Entry = (...given: never[]) => unknown;
type Class = abstract new (...given: never[]) => unknown;

/** Frames that say nothing: of Node, and of functions that have no source. */
const NATIVE = /^\s+at (?:.* \()?(?:async )?(?:node:|native|<anonymous>)/;

/**
 * Runs `step`. If an argument is wrong, the stack of the error begins where one of `entries` was called. Errors that code of the
 * application threw keep their stack.
 *
 * @param entries functions through which the application may have called this package
 * @throws what `step` throws
 */
export function blameCaller<T>(entries: readonly (Entry | Class)[], step: () => T): T {
  try {
    return step();
  } catch (error) {
    // Node prints the line of an uncaught `throw` above the stack, unless it contains these words.
    throw startAtCaller(error, entries); // node-do-not-add-exception-line
  }
}

/** Lets the stack of an error of this package begin at the code that called it. */
export function startAtCaller<T>(error: T, entries: readonly (Entry | Class)[]): T {
  if (!isError(error) || !isRaisedHere(error)) return error;
  const found = entries
    .map((entry) => ({ entry, frames: framesAbove(entry) }))
    .filter(({ frames }) => frames[0] !== undefined && !isOwnFrame(frames[0]))
    // The innermost: code of the application may run within another call.
    .sort((a, b) => b.frames.length - a.frames.length)[0];
  if (found) Error.captureStackTrace(error, found.entry);
  return error;
}

/** The methods of objects, those of their classes included. */
export function methodsOf(...objects: readonly unknown[]): Entry[] {
  const methods: Entry[] = [];
  for (const object of objects) {
    for (let type = Object(object) as object | null; type !== null && type !== Object.prototype;) {
      for (const { value } of Object.values(Object.getOwnPropertyDescriptors(type))) {
        if (typeof value === 'function') methods.push(value as Entry);
      }
      type = Object.getPrototypeOf(type) as object | null;
    }
  }
  return methods;
}

/** Not so for errors of getters, factories and the like, which an application passes. */
function isRaisedHere(error: Error): boolean {
  // The exception of a call tells its own story.
  if ('isAxiosError' in error) return false;
  const first = stackOf(error)
    .split('\n')
    .find((line) => isFrame(line) && !NATIVE.test(line));
  return first !== undefined && isOwnFrame(first);
}

function framesAbove(entry: Entry | Class): string[] {
  const here = {};
  captureDeepStack(here, entry);
  return stackOf(here).split('\n').filter(isFrame);
}
