/**
 * The folder of this package, whose `dist` has a bundle with a distinct name. Empty in the bundle of an application, where frames
 * of both are in the same file.
 *
 * @param file where this module is
 */
export function packageFolder(file: string): string {
  return /^(.*[\\/])(?:src[\\/]stack[\\/]own-folder\.ts|dist[\\/]hdms-http-client\.js)$/.exec(file)?.[1] ?? '';
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

/** Whether a line of a stack is a frame of the package in `folder`. */
export function isOwnFrame(line: string, folder = OWN_FOLDER): boolean {
  // With `--enable-source-maps`, frames are those of `src`.
  return folder !== '' && (line.includes(`${folder}dist`) || line.includes(`${folder}src`));
}
