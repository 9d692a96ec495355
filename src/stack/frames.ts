import { isOwnFrame, OWN_FOLDER } from './own-folder';

const FRAME = /^\s+at /;

/** Frames of Node and its built-ins, of axios, of undici, and of any copy of this package. */
const INTERNAL =
  /^\s+at (?:.* \()?(?:async )?(?:node:|internal\/|<anonymous>)|node_modules[\\/](?:axios|axios-retry|undici|@hdms[\\/]http-client)[\\/]/;

/** Frames through which a call starts. Without them, a stack shows who ended the call: a timer, or the code that aborted it. */
const START =
  /[\\/](?:client[\\/]http-client|lean-axios[\\/]lean-axios)\.ts|\.request (?:\[as \w+\] )?\(.*[\\/]hdms-http-client\.js/;

/** `Promise.all`, `any` and `allSettled`, which are no place in a file. */
const COMBINATOR = /^\s+at async Promise\.\w+ \(index \d+\)$/;

/** Whether a line of a stack is a frame, of any kind. */
export function isFrame(line: string): boolean {
  return FRAME.test(line);
}

/** Whether `text` contains a frame of any kind. */
export function hasFrames(text: string): boolean {
  return text.split('\n').some(isFrame);
}

/**
 * The caller's frames, innermost first.
 *
 * @param created the stack where the exception was created
 * @param added the frames of the functions that await the call
 */
export function callerFrames(created: string, added: string, ownFolder = OWN_FOLDER): string[] {
  const awaiting = framesOf(added, ownFolder);
  if (awaiting.length === 0) return framesOf(created, ownFolder);
  if (ownFolder === '' || !START.test(created)) return awaiting;
  // The call failed before it returned a promise, so functions that do not await are there too.
  const calling = framesOf(created, ownFolder);
  const places = new Set(calling.map(placeOf));
  return [...calling, ...awaiting.filter((line) => !places.has(placeOf(line)))];
}

function framesOf(stack: string, ownFolder: string): string[] {
  const lines = stack.split('\n');
  return placeFirst(lines.filter((line) => isFrame(line) && !INTERNAL.test(line) && !isOwnFrame(line, ownFolder)));
}

/** `async Promise.all (index 0)` alone tells nothing: a place in a file comes first. */
function placeFirst(frames: readonly string[]): string[] {
  const first = frames.find((line) => !COMBINATOR.test(line));
  return first === undefined ? [] : [first, ...frames.filter((line) => line !== first)];
}

/** File and line. The columns differ: one is that of the call, the other that of `await`. */
function placeOf(line: string): string {
  return line.replace(/^\s+at (?:.* \()?(?:async )?/, '').replace(/:\d+\)?$/, '');
}
