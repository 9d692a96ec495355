import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isFromLoopback } from './loopback';
import type { Authorize } from './options';

/** A refusal: the status and the sentence of its page. */
interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const COOKIE = 'hdms_inspector';
const KEY_BYTES = 24;
/** Inspectors that a browser remembers at once. */
const MOST_KEYS = 8;

/** The key in the address of an inspector: 192 bits. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/**
 * Cookies are shared by all ports of a host, so that of one inspector must not replace those of others.
 *
 * @param path under which the inspector is reached
 * @param others keys that the browser has already
 */
export function cookieFor(key: string, path: string, others: readonly string[] = []): string {
  const keys = [key, ...others.filter((other) => other !== key)].slice(0, MOST_KEYS);
  return `${COOKIE}=${keys.join('.')}; Path=${path}; HttpOnly; SameSite=Strict`;
}

export function isKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export interface AccessRules {
  /** `undefined` in the application's server, which has its own rules. */
  readonly key: string | undefined;
  readonly authorize: Authorize | undefined;
}

/**
 * Why a request is refused; `undefined` if it may pass. A page of another origin must neither read nor reach the inspector, not
 * even by a name that it lets point to this machine.
 *
 * @param keys that the request has
 */
export async function refusalOf(
  request: IncomingMessage,
  { key, authorize }: AccessRules,
  keys: readonly string[],
): Promise<Refusal | undefined> {
  if (request.method !== 'GET') {
    return { status: 405, text: 'Only GET is supported.', headers: { Allow: 'GET' } };
  }
  if (!authorize && !isFromLoopback(request)) {
    return { status: 421, text: 'The inspector is reached as 127.0.0.1 or localhost, from this machine.' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, text: 'The inspector cannot be opened from another page.' };
  }
  if (key !== undefined && !keys.some((given) => isKey(given, key))) {
    return { status: 401, text: 'Open the address that was printed when the inspector started: it has the key.' };
  }
  if (authorize && !(await isAuthorized(request, authorize))) {
    return { status: 403, text: 'You may not see the calls of this service.' };
  }
  return undefined;
}

/** Keys in the cookie of a request. */
export function keysIn({ headers }: IncomingMessage): readonly string[] {
  const pairs = (headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
  const keys = pairs.flatMap(([name, value = '']) => (name === COOKIE ? value.split('.') : []));
  return keys.filter((key) => /^[\w-]{32}$/.test(key)).slice(0, MOST_KEYS);
}

async function isAuthorized(request: IncomingMessage, authorize: Authorize): Promise<boolean> {
  try {
    const verdict: unknown = await authorize(request);
    return verdict === true;
  } catch {
    return false;
  }
}
