import { Axios, type AxiosAdapter, type AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import { decode } from 'jsonwebtoken';
import { Call } from '../call';
import { callOf } from '../call-of';
import { checkSeconds, checkURL } from '../checks';
import { classify } from '../errors/classify';
import { createException } from '../errors/create';
import type { HTTP } from '../plugin';
import { decideRetry, type RetryPolicy } from '../retry/policy';
import { httpTransport } from '../transports/http';
import { wireAdapter } from '../transports/wire-adapter';
import { tokenComplaint } from './check-token';
import { TokenCache } from './token-cache';
import type { AccessToken, TokenSource } from './token-source';

export interface TokenServiceOptions {
  /** Token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Scopes, separated by spaces. @default what the service grants by itself */
  readonly scope?: string | undefined;
  /** Seconds that one request to the service may take. @default 5 */
  readonly timeout?: number | undefined;
}

const RETRIES = 2;
/** Short waits, for calls wait for the token; drawn by lot, for services start together. */
const POLICY: RetryPolicy = {
  base: 0.2,
  factor: 2,
  cap: 1,
  jitter: 'full',
  maxRetryAfter: 1,
  unsafeMethods: 'always',
};
/** Seconds that a token is kept which does not say how long it lives. */
const UNKNOWN_LIFE = 60;

/**
 * Gets tokens from an OAuth 2.0 token endpoint with the client credentials grant. One request serves any number of
 * callers; its token is kept until shortly before it ends.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 6749, section 4.4; contract, "Token Source Priority"
 */
export function tokenService({ url, clientId, clientSecret, scope, timeout = 5 }: TokenServiceOptions): TokenSource {
  checkURL('tokenService.url (TOKEN_SERVICE_URL)', url);
  checkText('tokenService.clientId (TOKEN_SERVICE_CLIENT_ID)', clientId);
  checkText('tokenService.clientSecret (TOKEN_SERVICE_CLIENT_SECRET)', clientSecret);
  checkSeconds('tokenService.timeout', timeout);
  const transport = httpTransport();
  const http = createHTTP(wireAdapter(transport), timeout);
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) });
  const headers = {
    Authorization: `Basic ${basic(clientId, clientSecret)}`,
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const cache = new TokenCache(async () => {
    const call = new Call('POST', url);
    try {
      return readToken(await http.request({ method: 'post', url, headers, data: form.toString(), call }), call);
    } catch (error) {
      throw explain(error, call);
    } finally {
      call.settle();
    }
  });
  return {
    getToken: () => cache.get(),
    invalidate: (token) => {
      cache.invalidate(token);
    },
    close: () => {
      transport.close();
    },
  };
}

/** A client of its own, that shares no interceptor with the one it gets tokens for. */
function createHTTP(adapter: AxiosAdapter, timeout: number): HTTP {
  const delays = new WeakMap<Call, number>();
  const http = new Axios({
    adapter: journalled(adapter),
    timeout: timeout === Infinity ? 0 : timeout * 1000,
    maxContentLength: 1024 * 1024,
    // A redirect would take the client's secret along.
    maxRedirects: 0,
    validateStatus: (status) => status === 200,
  });
  axiosRetry(Object.assign(http.request.bind(http), http) as never, {
    retries: RETRIES,
    shouldResetTimeout: true,
    retryCondition(error) {
      const call = callOf(error.config ?? {});
      const { method, retries, replayed, remaining } = call;
      const state = { method, retries, replayed, remaining, retryAttempts: RETRIES, body: '', cancelled: false };
      const decision = decideRetry(classify(error), state, POLICY);
      if (decision.retry) delays.set(call, decision.delay * 1000);
      call.decided(decision.retry ? 'retry' : 'fail', decision.reason, decision.retry ? decision.delay : undefined);
      return decision.retry;
    },
    retryDelay: (_, { config }) => delays.get(callOf(config ?? {})) ?? 0,
  });
  return http;
}

/** Writes down what the plugins of the other client write down for its calls. */
function journalled(adapter: AxiosAdapter): AxiosAdapter {
  return async (config) => {
    const call = callOf(config);
    call.attemptStarted();
    try {
      const response = await adapter(config);
      call.attemptEnded(response.status, 'done');
      return response;
    } catch (thrown) {
      const error = classify(thrown);
      call.attemptEnded(error.status ?? error.code);
      throw error;
    }
  };
}

/** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
function basic(clientId: string, clientSecret: string): string {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  return Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64');
}

/** @see RFC 6749, section 5.1 */
function readToken(response: AxiosResponse, call: Call): AccessToken {
  const body = parseObject(response.data);
  if (!body) throw refuse(call, 'answered 200 with a body that is no JSON object');
  const { access_token: token, token_type: type, expires_in: life } = body;
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) throw refuse(call, `answered 200, but its access_token ${complaint}`);
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    throw refuse(call, 'answered 200 with a token_type other than Bearer');
  }
  return { token: token as string, expiresAt: expiryOf(token as string, Number(life)) };
}

/**
 * When a token ends: as the service says or as the token itself does, whichever comes first. Where both speak, the token
 * tells only how long it lives: its `exp` is on the clock of another machine.
 */
function expiryOf(token: string, life: number): number {
  const now = Date.now();
  const { exp, iat } = claimsOf(token);
  const granted = life > 0 ? life : Infinity;
  const own = exp === undefined ? Infinity : exp - (granted < Infinity && iat !== undefined ? iat : now / 1000);
  const shorter = Math.min(granted, own);
  return now + (shorter === Infinity ? UNKNOWN_LIFE : shorter) * 1000;
}

/** What a JWT says of its life; a token may be of any other kind, and a JWT may say anything. */
function claimsOf(token: string): { readonly exp?: number; readonly iat?: number } {
  try {
    const { exp, iat } = (decode(token, { json: true }) ?? {}) as Record<string, unknown>;
    return { ...(typeof exp === 'number' && { exp }), ...(typeof iat === 'number' && { iat }) };
  } catch {
    return {};
  }
}

function explain(thrown: unknown, call: Call): Error {
  const error = classify(thrown, call);
  if (error.name === 'TokenError') return error;
  // RFC 6749, section 5.2: an error code is a short word. The description beside it may be anything, so it stays out.
  const code = parseObject(error.response?.data)?.['error'];
  const word = typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? ` (${code})` : '';
  return createException('TOKEN_UNAVAILABLE', { cause: error, sent: 'no', detail: `${error.message}${word}` });
}

function refuse(call: Call, detail: string): Error {
  return createException('TOKEN_UNAVAILABLE', { call, detail, sent: 'no' });
}

function parseObject(data: unknown): Record<string, unknown> | undefined {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : data;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    throw new TypeError(`Option \`${name}\` must be a text that is not empty`);
}
