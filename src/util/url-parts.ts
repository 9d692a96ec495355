/** A URL as it is written: nothing is decoded or resolved. */
interface URLParts {
  /** Scheme and authority; empty for a relative URL. */
  readonly origin: string;
  readonly path: string;
  /** Query and fragment, with their marks. */
  readonly rest: string;
}

/** The URL standard takes a backslash for a slash, and needs no slashes after `http:`. */
const PARTS = /^((?:[a-z][a-z\d+.-]*:[\\/]{2,}|https?:[\\/]*|[\\/]{2,})[^\\/?#]*)?([^?#]*)(.*)$/is;

/** Splits a URL, which may be relative or a template. */
export function partsOf(url: string): URLParts {
  // The URL standard drops these characters.
  const [, origin = '', path = '', rest = ''] = PARTS.exec(url.replace(/^[\p{Cc} ]+|[\t\n\r]/gu, '')) ?? [];
  return { origin, path, rest };
}
