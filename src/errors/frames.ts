const FRAME = /^\s+at /;

/** Frames of Node and its built-ins, of axios, of undici, and of any copy of this package. */
const INTERNAL =
  /^\s+at (?:.* \()?(?:async )?(?:node:|internal\/|<anonymous>)|node_modules[\\/](?:axios|axios-retry|undici|@hdms[\\/]http-client)[\\/]/;

/** Frames through which a call starts. Without them, a stack shows who ended the call: a timer, or the code that aborted it. */
const START = /[\\/](?:client[\\/]http-client|lean-axios[\\/]lean-axios)\.[jt]s/;

/**
 * The folder of this package. Empty in a bundle, where the application is in the same file and frames cannot be told apart by
 * their path.
 *
 * @param file where this module is
 */
export function packageFolder(file: string): string {
  return /^(.*[\\/])(?:dist|src)[\\/]errors[\\/]frames\.[jt]s$/.exec(file)?.[1] ?? '';
}

const OWN_FOLDER = packageFolder(ownFile());

function ownFile(): string {
  let file = '';
  try {
    file = __filename;
  } catch {
    // A bundle of ES modules does not have it.
  }
  return file;
}

/** Whether `text` contains a frame of any kind. */
export function hasFrames(text: string): boolean {
  return text.split('\n').some((line) => FRAME.test(line));
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
  // With `--enable-source-maps`, frames are those of `src`.
  const own = ownFolder === '' ? [] : [`${ownFolder}dist`, `${ownFolder}src`];
  return stack
    .split('\n')
    .filter((line) => FRAME.test(line) && !INTERNAL.test(line) && !own.some((folder) => line.includes(folder)));
}

/** File and line. The columns differ: one is that of the call, the other that of `await`. */
function placeOf(line: string): string {
  return line.replace(/^\s+at (?:.* \()?(?:async )?/, '').replace(/:\d+\)?$/, '');
}
