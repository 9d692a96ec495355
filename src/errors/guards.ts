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
/** Whether `error` is a failure of a call, of any class, from any installed copy of this package. */
export const isRequestException = guard(RequestException);
/** Whether `error` is a {@link ConnectionError} or SSLError, from any installed copy of this package. */
export const isConnectionError = guard(ConnectionError);
/** Whether `error` is an {@link SSLError}, from any installed copy of this package. */
export const isSSLError = guard(SSLError);
/** Whether `error` is a {@link Timeout} or DeadlineExceeded, from any installed copy of this package. */
export const isTimeout = guard(Timeout);
/** Whether `error` is a {@link DeadlineExceeded}, from any installed copy of this package. */
export const isDeadlineExceeded = guard(DeadlineExceeded);
/** Whether `error` is an {@link HTTPError}, from any installed copy of this package. */
export const isHTTPError = guard(HTTPError);
/** Whether `error` is a {@link TooManyRedirects}, from any installed copy of this package. */
export const isTooManyRedirects = guard(TooManyRedirects);
/** Whether `error` is a {@link ContentDecodingError}, from any installed copy of this package. */
export const isContentDecodingError = guard(ContentDecodingError);
/** Whether `error` is a {@link ResponseTooLarge}, from any installed copy of this package. */
export const isResponseTooLarge = guard(ResponseTooLarge);
/** Whether `error` is an {@link InvalidRequest}, from any installed copy of this package. */
export const isInvalidRequest = guard(InvalidRequest);
/** Whether `error` is a {@link JSONDecodeError}, from any installed copy of this package. */
export const isJSONDecodeError = guard(JSONDecodeError);
/** Whether `error` is a {@link ResponseValidationError}, from any installed copy of this package. */
export const isResponseValidationError = guard(ResponseValidationError);
/** Whether `error` is a {@link TokenError}, from any installed copy of this package. */
export const isTokenError = guard(TokenError);
/** Whether `error` is a {@link CallNotPermitted}, from any installed copy of this package. */
export const isCallNotPermitted = guard(CallNotPermitted);
/** Whether `error` is a {@link RequestCancelled}, from any installed copy of this package. */
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
