import { STATUS_CODES } from 'node:http';
import type { AxiosError, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import './call-of';
import type { Call } from './call';
import { HTTPResponse } from '../response/http-response';
import { createResponse } from './create-response';
import { isShared } from './shared-outcome';
import { findHeader } from '../response/find-header';
import { parseRetryAfter } from '../response/retry-after';
import { cancelledBy } from '../errors/cancelled';
import type { ErrorCode } from '../errors/codes';
import { createException } from '../errors/create';
import type { RequestException } from '../errors/exceptions';
import type { Phase, Sent } from '../journal/attempt';
import { isRequestException } from '../errors/guards';
import { codeOfNodeError, describeNodeError, describeThrown } from '../errors/node-errors';
import { isError, toError } from '../util/is-error';
import { axios } from '../util/packages';
import { ignoreRejection } from '../util/promises';

/** axios's error codes, for third-party adapters. */
const BY_AXIOS_CODE = new Map<string, ErrorCode>(
  Object.entries({
    ECONNABORTED: 'TIMEOUT',
    ERR_NETWORK: 'CONNECTION_FAILED',
    ERR_FR_TOO_MANY_REDIRECTS: 'TOO_MANY_REDIRECTS',
    ERR_FR_REDIRECTION_FAILURE: 'REDIRECT_REFUSED',
    ERR_FR_MAX_BODY_LENGTH_EXCEEDED: 'INVALID_BODY',
    ERR_BAD_REQUEST: 'INVALID_OPTION',
    ERR_BAD_OPTION: 'INVALID_OPTION',
    ERR_BAD_OPTION_VALUE: 'INVALID_OPTION',
    ERR_NOT_SUPPORT: 'INVALID_OPTION',
    ERR_INVALID_URL: 'INVALID_URL',
    ERR_FORM_DATA_DEPTH_EXCEEDED: 'INVALID_BODY',
  }),
);

/** What fetch says of a redirect that it does not follow. Its own code for these is that of a broken network. */
const BY_FETCH_MESSAGE = new Map<string, ErrorCode>([
  ['redirect count exceeded', 'TOO_MANY_REDIRECTS'],
  ['unexpected redirect', 'REDIRECT_REFUSED'],
  ['URL scheme must be a HTTP(S) scheme', 'REDIRECT_REFUSED'],
  ['cross origin not allowed for request mode "cors"', 'REDIRECT_REFUSED'],
  // The URL of the request has been checked: this is a Location.
  ['Invalid URL', 'REDIRECT_REFUSED'],
]);

const BEFORE_CONNECTING = new Set<ErrorCode>([
  'CONNECTION_REFUSED',
  'HOST_NOT_FOUND',
  'CERTIFICATE_INVALID',
  'TLS_FAILED',
  'PROXY_UNAVAILABLE',
  'PROXY_REFUSED',
]);

/**
 * Converts anything that a call was rejected with into a RequestException; a RequestException of this call stays the same
 * object.
 *
 * @param knownCall the call, if the code that caught the error knows it
 */
export function classify(thrown: unknown, knownCall?: Call): RequestException {
  if (isRequestException(thrown)) return adopt(thrown, knownCall);
  const config = axios().isAxiosError(thrown) ? (thrown.config ?? thrown.response?.config) : undefined;
  const call = config?.call ?? knownCall;
  // An interceptor may make other requests; an error of another client is not a failure of this request.
  if (config && !config.call) return classifyForeign(thrown, call);
  if (axios().isCancel(thrown)) return classifyCancel(thrown, call, config);
  if (axios().isAxiosError(thrown)) return classifyAxios(thrown, call, config);
  return classifyForeign(thrown, call);
}

/**
 * Keeps an exception of this call, or of one whose outcome it shares. That of another call counts as a failed interceptor; a
 * cancellation or interceptor failure that was created without a call is created again for this call.
 */
function adopt(thrown: RequestException, call: Call | undefined): RequestException {
  if (!call) return thrown;
  const owner = thrown.config?.call;
  if (owner && owner.root !== call.root && !isShared(thrown, owner, call)) return classifyForeign(thrown, call);
  if (owner || thrown.method !== '') return thrown;
  if (thrown.code === 'CANCELLED') return cancelledBy(thrown.cause, { call });
  return thrown.code === 'INTERCEPTOR_FAILED' ? classifyForeign(thrown.cause, call) : thrown;
}

function classifyCancel(
  thrown: unknown,
  call: Call | undefined,
  config: InternalAxiosRequestConfig | undefined,
): RequestException {
  const reason: unknown = (config?.signal as AbortSignal | undefined)?.reason;
  const request = (thrown as AxiosError).request as unknown;
  return cancelledBy(reason, { call, config, request, sent: request === undefined ? 'no' : 'maybe' });
}

function classifyAxios(
  error: AxiosError,
  call: Call | undefined,
  config: InternalAxiosRequestConfig | undefined,
): RequestException {
  const response = error.response;
  if (response && isStatusError(error, response)) return httpError(response, call, config, error.cause);
  const cause = causeOutsideAxios(error);
  if (isRequestException(cause)) return cause;
  // What `beforeRedirect` threw, wrapped by follow-redirects.
  if (error.code === 'ERR_FR_REDIRECTION_FAILURE' && isRequestException(cause?.cause)) return cause.cause;
  const phase = response ? 'body' : undefined;
  const code = codeOfAxiosError(error, cause);
  const facts = { call, config, cause, request: error.request as unknown, ...sentOf(error.request) };
  return createException(code, { ...facts, phase: phase ?? phaseOf(code), detail: detailOf(error, cause) });
}

/** What is known of an adapter that follows redirects: its connection may fail after a service has received the request. */
function sentOf(request: unknown): { readonly sent?: Sent } {
  // Of follow-redirects, and of fetch, which does not say whether it was redirected.
  const { _redirectCount = 0, redirect } = (request ?? {}) as { _redirectCount?: number; redirect?: unknown };
  if (_redirectCount > 0) return { sent: 'yes' };
  return redirect === 'follow' ? { sent: 'maybe' } : {};
}

function httpError(
  response: AxiosResponse,
  call: Call | undefined,
  config: InternalAxiosRequestConfig | undefined,
  cause: unknown,
): RequestException {
  const { status, headers } = response;
  // That of an async `transformResponse` may be rejected, and nobody awaits it.
  ignoreRejection(response.data);
  // Why the body is incomplete.
  const failure = isRequestException(cause) ? cause : undefined;
  const ours = response instanceof HTTPResponse ? response : createResponse(response, call);
  return createException(codeOfStatus(status), {
    call,
    config,
    request: response.request as unknown,
    response: ours,
    cause: failure,
    phase: 'body',
    retryAfter: parseRetryAfter(findHeader(headers, 'retry-after'), Date.now(), findHeader(headers, 'date')),
    // The standard reason phrase, because the server's own may repeat a secret.
    detail:
      `responded with ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd() +
      (failure ? `, with an incomplete body (${failure.code})` : ''),
  });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 429) return 'TOO_MANY_REQUESTS';
  if (status >= 500) return 'SERVER_ERROR';
  return status >= 400 ? 'CLIENT_ERROR' : 'UNEXPECTED_STATUS';
}

// axios's own adapter also attaches a response to its body errors. An error status says more than they do.
function isStatusError({ message, code }: AxiosError, { status }: AxiosResponse): boolean {
  return status >= 400 || code === undefined || message.startsWith('Request failed with status');
}

function codeOfAxiosError(error: AxiosError, cause: Error | undefined): ErrorCode {
  const { code = '', message } = error;
  if (message.startsWith('maxContentLength')) return 'RESPONSE_TOO_LARGE';
  if (message.includes('maxBodyLength')) return 'INVALID_BODY';
  if (message.includes('stream has been aborted')) return 'BODY_TRUNCATED';
  const byFetch = code === 'ERR_NETWORK' && cause && BY_FETCH_MESSAGE.get(cause.message);
  if (byFetch) return byFetch;
  const byNode = cause && codeOfNodeError(cause);
  if ((byNode === 'CONNECTION_RESET' || byNode === 'CONNECTION_CLOSED') && error.response) return 'BODY_TRUNCATED';
  if (byNode) return byNode;
  if (/^network error$/i.test(message)) return 'CONNECTION_FAILED';
  return BY_AXIOS_CODE.get(code) ?? codeOfNodeError(error) ?? 'REQUEST_FAILED';
}

function phaseOf(code: ErrorCode): Phase {
  if (code === 'RESPONSE_TOO_LARGE') return 'body';
  return BEFORE_CONNECTING.has(code) || code.startsWith('INVALID_') ? 'connect' : 'headers';
}

function detailOf(error: AxiosError, cause: Error | undefined): string {
  return (cause ? describeNodeError(cause) : '') || error.message;
}

/** The first cause that axios did not create, because the config of an AxiosError holds secrets. */
function causeOutsideAxios(error: AxiosError): Error | undefined {
  let cause: unknown = error.cause;
  while (axios().isAxiosError(cause) && !isRequestException(cause)) cause = cause.cause;
  return isError(cause) ? cause : undefined;
}

/** The exception for an error that an interceptor or a plugin threw. */
function classifyForeign(thrown: unknown, call: Call | undefined): RequestException {
  const error = toError(thrown);
  const detail = `an interceptor failed: ${describeThrown(error)}`;
  return createException('INTERCEPTOR_FAILED', {
    call,
    cause: error,
    detail,
    sent: call?.attempts.length === 0 ? 'no' : 'maybe',
  });
}
