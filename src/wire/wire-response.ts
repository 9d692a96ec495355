import { constants } from 'node:buffer';
import { AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { printHeadersSafely } from '../util/printable';
import { rememberLatest } from '../util/remember-latest';
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

/**
 * Headers from the wire. Names are in lower case and values are clean, so there is nothing to normalise: axios would compare
 * each name with all others, which blocks the process when a server sends a thousand.
 */
class WireHeaders extends AxiosHeaders {
  static {
    printHeadersSafely(this.prototype);
    // A header with the name of a method is stored with a capital, as axios does for its own methods.
    for (const method of ['normalize', 'constructor']) {
      const own: unknown = (this.prototype as Record<string, unknown>)[method];
      const name = method.charAt(0).toUpperCase() + method.slice(1);
      Object.defineProperty(this.prototype, method, {
        get: () => own,
        set(this: WireHeaders, value: string) {
          this[name] = value;
        },
      });
    }
  }

  override normalize(): this {
    return this;
  }
}

/** The response in axios's form. */
export function toResponse(
  head: WireHead | undefined,
  data: unknown,
  config: InternalAxiosRequestConfig,
): AxiosResponse {
  const { status = 0, statusText = '', headers = {}, request } = head ?? {};
  return { data, status, statusText, headers: Object.assign(new WireHeaders(), headers), config, request };
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

const charsetOf = rememberLatest((contentType) => /charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8');
const isUTF8 = rememberLatest((charset) => /^utf-?8$/i.test(charset));

/** As in axios, `responseEncoding` is an encoding of Buffer; it may also be a charset that TextDecoder knows. */
function toText(bytes: Buffer, encoding: string | null | undefined, contentType: WireHead['headers'][string]): string {
  const charset = encoding ?? charsetOf(String(contentType));
  // Buffer is faster, but only TextDecoder drops a byte order mark.
  if (isUTF8(charset)) return bytes[0] === 0xef ? new TextDecoder().decode(bytes) : bytes.toString();
  return encoding && Buffer.isEncoding(encoding) ? bytes.toString(encoding) : decoderFor(charset).decode(bytes);
}

function decoderFor(charset: string): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
