import {
  CallNotPermitted,
  ConnectionError,
  ContentDecodingError,
  DeadlineExceeded,
  HTTPError,
  InvalidRequest,
  JSONDecodeError,
  RequestCancelled,
  RequestException,
  ResponseTooLarge,
  ResponseValidationError,
  SSLError,
  Timeout,
  TokenError,
  TooManyRedirects,
} from './exceptions';
import { BRAND } from './class-name';

// `instanceof` fails if two copies of the package are installed, so these guards compare the names that classes have in all copies.
export const isRequestException = guard(RequestException);
export const isConnectionError = guard(ConnectionError);
export const isSSLError = guard(SSLError);
export const isTimeout = guard(Timeout);
export const isDeadlineExceeded = guard(DeadlineExceeded);
export const isHTTPError = guard(HTTPError);
export const isTooManyRedirects = guard(TooManyRedirects);
export const isContentDecodingError = guard(ContentDecodingError);
export const isResponseTooLarge = guard(ResponseTooLarge);
export const isInvalidRequest = guard(InvalidRequest);
export const isJSONDecodeError = guard(JSONDecodeError);
export const isResponseValidationError = guard(ResponseValidationError);
export const isTokenError = guard(TokenError);
export const isCallNotPermitted = guard(CallNotPermitted);
export const isRequestCancelled = guard(RequestCancelled);

function guard<T extends RequestException>(
  type: (abstract new (...facts: never[]) => T) & { readonly prototype: T },
): (error: unknown) => error is T {
  const name = nameOf(type.prototype);
  return (error): error is T => {
    if (typeof error !== 'object' || error === null || !(BRAND in error)) return false;
    for (let link: unknown = error; link !== null; link = Object.getPrototypeOf(link)) {
      if (nameOf(link as object) === name) return true;
    }
    return false;
  };
}

/** Version 0.1.0 marked the base class only: its classes are known by their own names. */
function nameOf(prototype: object): unknown {
  const own: unknown = Object.getOwnPropertyDescriptor(prototype, BRAND)?.value;
  return typeof own === 'string' ? own : prototype.constructor.name;
}
