const FRAME = /^\s+at /;

/**
 * The folder of this package. Empty in a bundle, where the application is in the same file and frames cannot be told apart by
 * their path.
 *
 * @param file where this module is
 */
export function packageFolder(file: string): string {
  return /^(.*[\\/])(?:dist|src)[\\/]util[\\/]own-folder\.[jt]s$/.exec(file)?.[1] ?? '';
}

export const OWN_FOLDER = packageFolder(ownFile());

function ownFile(): string {
  let file = '';
  try {
    file = __filename;
  } catch {
    // A bundle of ES modules does not have it.
  }
  return file;
}

/** Whether a line of a stack is a frame, of any kind. */
export function isFrame(line: string): boolean {
  return FRAME.test(line);
}

/** Whether a line of a stack is a frame of the package in `folder`. */
export function isOwnFrame(line: string, folder = OWN_FOLDER): boolean {
  // With `--enable-source-maps`, frames are those of `src`.
  return folder !== '' && (line.includes(`${folder}dist`) || line.includes(`${folder}src`));
}
