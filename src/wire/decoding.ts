import zlib from 'node:zlib';
import type { Duplex } from 'node:stream';
import type { InternalAxiosRequestConfig } from 'axios';
import { endsWithHead } from '../response/ends-with-head';
import type { WireHead } from '../transports/transport';
import { Frames, type FrameDecoder } from './frames';

type Header = string | readonly string[];

/** A stream that decodes; `first` is the first chunk of the body, if it is known. */
type Coding = (first?: Buffer) => Duplex;

/** Node has it from 22.15 and 23.8 on. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => FrameDecoder };

const gunzip: Coding = () => zlib.createGunzip();
/** LZW, which Node does not know; what is labelled so is usually gzip. */
const unzip: Coding = () => zlib.createUnzip();
/** Some services send deflate without the zlib header that RFC 9110 requires. */
const inflate: Coding = (first) => (hasZlibHeader(first) ? zlib.createInflate() : zlib.createInflateRaw());

/** The registered content codings; `undefined` for those that cannot be decoded. @see IANA, "HTTP Content Coding Registry" */
const CODINGS: ReadonlyMap<string, Coding | undefined> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['compress', unzip],
  ['x-compress', unzip],
  ['deflate', inflate],
  ['br', () => zlib.createBrotliDecompress()],
  ['zstd', createZstdDecompress && (() => new Frames(createZstdDecompress))],
  ...['aes128gcm', 'dcb', 'dcz', 'exi', 'pack200-gzip'].map((name) => [name, undefined] as const),
]);

/** As in curl and urllib3: a longer list is an attack. */
const MAX_CODINGS = 5;

/**
 * The codings of a body that has to be decoded, in the order in which they were applied; `undefined` if there are none.
 *
 * @see RFC 9110, section 8.4; RFC 9112, section 7
 */
export function codingsOf(
  { status, headers }: Pick<WireHead, 'status' | 'headers'>,
  { decompress = true, method = 'get' }: Pick<InternalAxiosRequestConfig, 'decompress' | 'method'>,
): readonly string[] | undefined {
  const { 'content-encoding': content, 'transfer-encoding': transfer } = headers;
  // Most responses are like that.
  if (content === undefined && (transfer === undefined || transfer === 'chunked')) return undefined;
  // Without a body, the headers are those of the encoded one that another request would get.
  if (!decompress || endsWithHead(method.toUpperCase(), status)) return undefined;
  const codings = [...contentCodings(content ?? ''), ...transferCodings(transfer ?? '')];
  return codings.length > 0 ? codings : undefined;
}

/** None if one is not registered: some services write a charset or `none` there, and their bodies are not encoded. */
function contentCodings(header: Header): readonly string[] {
  const codings = namesIn(header).filter((name) => name !== '' && name !== 'identity');
  return codings.every((name) => CODINGS.has(name)) ? codings : [];
}

/**
 * Those that the transport has not undone: it knows `chunked` alone, and only at the end. Names that are not registered are left
 * out, because some services write `binary` there.
 */
function transferCodings(header: Header): readonly string[] {
  const names = namesIn(header);
  const others = names.slice(0, names.findLastIndex((name) => name !== 'chunked') + 1);
  return others.filter((name) => name === 'chunked' || CODINGS.has(name));
}

function namesIn(header: Header): readonly string[] {
  return String(header).split(',').map((name) => name.trim().toLowerCase()); // prettier-ignore
}

/** After decoding, these would describe a body that is gone. */
export function removeEncoding(headers: object): void {
  const { 'transfer-encoding': transfer } = headers as WireHead['headers'];
  if (transfer !== undefined && transferCodings(transfer).length > 0)
    Reflect.deleteProperty(headers, 'transfer-encoding');
  Reflect.deleteProperty(headers, 'content-encoding');
  Reflect.deleteProperty(headers, 'content-length');
}

/**
 * Streams that decode a body, in the order in which it passes through them.
 *
 * @param first the first chunk of the body
 * @throws Error if a coding is unsupported
 */
export function createDecoders(codings: readonly string[], first: Buffer): readonly Duplex[] {
  if (codings.length > MAX_CODINGS)
    throw unsupported(`in ${codings.length} codings, at most ${MAX_CODINGS} are decoded`);
  // The last coding is undone first.
  return [...codings].reverse().map((name, index) => {
    const decode = CODINGS.get(name);
    if (!decode) throw unsupported(`as ${name}, which this version of Node cannot decode`);
    return decode(index === 0 ? first : undefined);
  });
}

function unsupported(how: string): Error {
  return new Error(`the body is encoded ${how}`);
}

function hasZlibHeader(first: Buffer | undefined): boolean {
  return first === undefined || ((first[0] ?? 0) & 0x0f) === 8;
}
