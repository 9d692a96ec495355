import { constants } from 'node:buffer';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { wrongOption } from '../checks/wrong-option';
import { decodeText } from '../response/decode-text';
import { WireHeaders } from '../response/wire-headers';
import { ignoreRejection, isPromise } from '../util/promises';
import type { WireHead } from '../transports/transport';

/** The default `validateStatus`. */
export function isBelow400(status: number): boolean {
  return status < 400;
}

/**
 * Whether the caller's `validateStatus` accepts the status.
 *
 * @throws TypeError if it returns a promise, which would accept every status
 */
export function isAccepted(
  { status }: { readonly status: number },
  { validateStatus }: Pick<InternalAxiosRequestConfig, 'validateStatus'>,
): boolean {
  if (!validateStatus) return true;
  const accepted: unknown = validateStatus(status);
  return typeof accepted === 'boolean' ? accepted : isTruthy(accepted);
}

/** As in axios, whatever is truthy accepts the status. */
function isTruthy(returned: unknown): boolean {
  if (!isPromise(returned)) return Boolean(returned);
  ignoreRejection(returned);
  throw wrongOption('validateStatus', 'return true or false', 'a promise');
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
  // One by one: V8 may take what a literal with fields makes for long-lived, if many calls were under way when it first looked. It
  // then makes it in the old generation, where it keeps the body and all else of the call until the next full collection. It
  // cannot for `{}`; a class could do the same, but axios users compare, copy and print responses as plain objects.
  const response = {} as AxiosResponse;
  response.data = data;
  response.status = status;
  response.statusText = statusText;
  response.headers = wire;
  response.config = config;
  response.request = request;
  return response;
}

/** Of nearly all texts, which are UTF-8. */
const USUAL_TYPES: ReadonlySet<unknown> = new Set([
  'application/json', 'application/json; charset=utf-8', 'text/plain', 'text/plain; charset=utf-8', undefined,
]); // prettier-ignore

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
    // A byte order mark does not begin in ASCII.
    const isUsual = config.responseEncoding === undefined && USUAL_TYPES.has(contentType) && (bytes[0] ?? 0) < 0x80;
    return isUsual ? bytes.toString() : decodeText(bytes, config.responseEncoding, contentType);
  } catch (cause) {
    // An error status is more useful than its body.
    if (head && !isAccepted(head, config)) return '';
    const message = `the text is longer than ${constants.MAX_STRING_LENGTH} characters; use \`responseType: 'stream'\``;
    throw Object.assign(new RangeError(message, { cause }), { code: 'ERR_STRING_TOO_LONG' });
  }
}
