import { constants } from 'node:buffer';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { WireHeaders } from '../response/wire-headers';
import type { WireHead } from '../transports/transport';

/** The default `validateStatus`. */
export function isBelow400(status: number): boolean {
  return status < 400;
}

/** Whether the caller's `validateStatus` accepts the status. */
export function isAccepted(
  { status }: { readonly status: number },
  { validateStatus }: Pick<InternalAxiosRequestConfig, 'validateStatus'>,
): boolean {
  return !validateStatus || validateStatus(status);
}

/** The error with which axios rejects a status that is not accepted. */
export function statusError(response: AxiosResponse): AxiosError {
  const { status, config } = response;
  const code = status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  return new AxiosError(`Request failed with status code ${status}`, code, config, response.request, response);
}

/** The response in axios's form. */
export function toResponse(
  head: WireHead | undefined,
  data: unknown,
  config: InternalAxiosRequestConfig,
): AxiosResponse {
  const { status = 0, statusText = '', headers = {}, request } = head ?? {};
  const wire = headers instanceof WireHeaders ? headers : Object.assign(new WireHeaders(), headers);
  return { data, status, statusText, headers: wire, config, request };
}

type TextOptions = Pick<InternalAxiosRequestConfig, 'responseEncoding' | 'validateStatus'>;

/**
 * The body as the type that `responseType` requests.
 *
 * @throws RangeError with the code ERR_STRING_TOO_LONG if the text is longer than a string can be
 */
export function toData(
  bytes: Buffer,
  config: TextOptions & Pick<InternalAxiosRequestConfig, 'responseType'>,
  head: Pick<WireHead, 'status' | 'headers'> | undefined,
): unknown {
  const { responseType } = config;
  if (responseType === 'arraybuffer') return bytes;
  const contentType = head?.headers['content-type'];
  if (responseType === 'blob') return new Blob([bytes], contentType === undefined ? {} : { type: String(contentType) });
  try {
    return toText(bytes, config.responseEncoding, contentType);
  } catch (cause) {
    // An error status is more useful than its body.
    if (head && !isAccepted(head, config)) return '';
    const message = `the text is longer than ${constants.MAX_STRING_LENGTH} characters; use \`responseType: 'stream'\``;
    throw Object.assign(new RangeError(message, { cause }), { code: 'ERR_STRING_TOO_LONG' });
  }
}

/** The last Content-Type without a charset, or with that of nearly all. */
let latest: unknown = 'application/json';

function charsetOf(contentType: unknown): string {
  if (contentType === latest) return 'utf-8';
  const charset = (/charset=["']?([^\s"';]+)/i.exec(String(contentType))?.[1] ?? 'utf-8').toLowerCase();
  if (charset === 'utf-8') latest = contentType;
  return charset;
}

/** A byte order mark is more certain than a header. @see the Encoding standard, "BOM sniff" */
function markedCharset(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** As in axios, `responseEncoding` is an encoding of Buffer; it may also be a charset that TextDecoder knows. */
function toText(bytes: Buffer, encoding: string | null | undefined, contentType: WireHead['headers'][string]): string {
  const charset = encoding ?? markedCharset(bytes) ?? charsetOf(contentType);
  // Buffer is faster, but only TextDecoder drops a byte order mark.
  if (charset === 'utf-8' || /^utf-?8$/i.test(charset))
    return bytes[0] === 0xef ? new TextDecoder().decode(bytes) : bytes.toString();
  return encoding && Buffer.isEncoding(encoding) ? bytes.toString(encoding) : decoderFor(charset).decode(bytes);
}

function decoderFor(charset: string): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
