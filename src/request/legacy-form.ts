import type { Readable } from 'node:stream';
import { withLength, withMeasuring, type EncodedBody } from './body';
import { toReadable, type ForeignStream } from './foreign-stream';

/** A form of the `form-data` package: a stream with its own headers. */
export interface LegacyFormData extends ForeignStream {
  getHeaders(): Record<string, string>;
}

/** What such a form tells of itself, in most versions. */
interface Details {
  getBoundary?(): string;
  hasKnownLength?(): boolean;
  getLengthSync?(): number;
  getLength?(callback: (error: Error | null, length?: number) => void): void;
  /** For each field its head, its value, and a function that ends it. */
  readonly _streams?: readonly unknown[];
}

const CRLF = Buffer.from('\r\n');

/** A file on a disk is measured at once; a form that takes longer is sent without its length. */
const LONGEST_MEASURING = 1000;

export function isLegacyForm(data: object): data is LegacyFormData {
  return 'getHeaders' in data && typeof data.getHeaders === 'function' && 'pipe' in data;
}

/** Without streams in it, a form is bytes, which can be sent again. Many servers take a form without a length for an empty one. */
export function encodeLegacyForm(form: LegacyFormData): EncodedBody {
  const headers = form.getHeaders();
  return { body: bytesOf(form as Details) ?? streamOf(form), headers };
}

function bytesOf(form: Details): Buffer | undefined {
  const { _streams: parts } = form;
  if (!Array.isArray(parts) || !form.getBoundary) return undefined;
  const isWhole = parts.every((part, index) => {
    if (index % 3 === 2) return typeof part === 'function';
    return typeof part === 'string' || Buffer.isBuffer(part);
  });
  if (!isWhole) return undefined;
  const bytes = parts.map((part) => (typeof part === 'function' ? CRLF : Buffer.from(part as string | Buffer)));
  return Buffer.concat([...bytes, Buffer.from(`--${form.getBoundary()}--\r\n`)]);
}

function streamOf(form: LegacyFormData & Details): Readable {
  const stream = toReadable(form);
  if (form.hasKnownLength?.()) return withLength(stream, form.getLengthSync?.());
  return form.getLength ? withMeasuring(stream, measure(form as Required<Details>)) : stream;
}

function measure(form: Pick<Required<Details>, 'getLength'>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const found = (length?: number): void => {
      clearTimeout(timer);
      resolve(length);
    };
    const timer = setTimeout(found, LONGEST_MEASURING);
    try {
      form.getLength((error, length) => {
        found(error || !Number.isInteger(length) ? undefined : length);
      });
    } catch {
      // The package looks for the path of a file that was opened without one, such as that of a FileHandle.
      found();
    }
  });
}
