import type { AttemptReport, CallReport, ClientReport } from '../src/inspector/report';

/** How an outcome looks. */
export type Tone = 'good' | 'warn' | 'bad' | 'mute' | 'open';

/** A duration as people read it: `0.4 ms`, `13 ms`, `1.50 s`. */
export function duration(seconds: number): string {
  const ms = seconds * 1000;
  if (ms < 9.95) return `${ms.toFixed(1)}\u00a0ms`;
  if (ms < 999.5) return `${Math.round(ms)}\u00a0ms`;
  return `${seconds.toFixed(seconds < 9.995 ? 2 : 1)}\u00a0s`;
}

/** Time of day in UTC. @param digits of the second */
export function clock(at: number, digits = 3): string {
  return new Date(at).toISOString().slice(11, 20 + digits);
}

/** Minutes or hours, for what lies ahead. */
export function ahead(seconds: number): string {
  if (seconds <= 0) return 'expired';
  if (seconds < 90) return `${Math.round(seconds)}\u00a0s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)}\u00a0min` : `${Math.round(seconds / 3600)}\u00a0h`;
}

export function bytes(count: number): string {
  const mib = count / 1024 / 1024;
  return mib >= 1 ? `${Math.round(mib * 10) / 10} MB` : `${Math.round(count / 1024)} KB`;
}

export function toneOf(outcome: AttemptReport['outcome']): Tone {
  if (outcome === undefined) return 'open';
  if (typeof outcome === 'string') return QUIET.has(outcome) ? 'mute' : 'bad';
  if (outcome < 400) return 'good';
  return outcome < 500 && outcome !== 429 ? 'warn' : 'bad';
}

const QUIET: ReadonlySet<string> = new Set(['CANCELLED', 'STALE_CONNECTION', 'lost']);

/** How a call ended, in one word: its status, or the code of its failure. */
export function outcomeOf({ state, status, error, attempts }: CallReport): number | string | undefined {
  if (state === 'open') return undefined;
  return status ?? error?.code ?? attempts.at(-1)?.outcome;
}

/** The same, short enough for a column. */
export function labelOf(call: CallReport): string {
  const outcome = outcomeOf(call);
  if (outcome === undefined) return call.state === 'open' ? '···' : 'ok';
  return typeof outcome === 'number' ? String(outcome) : (SHORT[outcome] ?? outcome.toLowerCase().replaceAll('_', ' '));
}

const SHORT: Readonly<Record<string, string>> = {
  CANCELLED: 'cancel',
  CIRCUIT_OPEN: 'breaker',
  CONNECTION_REFUSED: 'refused',
  CONNECTION_RESET: 'reset',
  DEADLINE_EXCEEDED: 'deadline',
  HOST_NOT_FOUND: 'no host',
  INVALID_JSON: 'not JSON',
  QUEUE_FULL: 'queue full',
  RATE_LIMITED: 'limited',
  STALE_CONNECTION: 'stale',
  TOKEN_UNAVAILABLE: 'no token',
};

export function toneOfCall(call: CallReport): Tone {
  if (call.state === 'open') return 'open';
  const tone = toneOf(outcomeOf(call));
  return call.state === 'ok' && tone !== 'good' ? 'good' : tone;
}

/** What a call took, or has taken so far. */
export function tookOf({ took, at }: CallReport, now: number): number {
  return took ?? Math.max(0, now - at) / 1000;
}

/** Path and query of a URL; all of it if it is none. */
export function pathOf(url: string): readonly [path: string, query: string, host: string] {
  const [, host = '', path = url, query = ''] = /^https?:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  return [path === '' && host !== '' ? '/' : path, query, host];
}

export function schemeOf(url: string): string {
  return url.startsWith('https:') ? 'https' : 'http';
}

/** How a client is called; `issuers` are whom tokens and signing keys come from. */
export function nameOf({ name, clientId }: Pick<ClientReport, 'name' | 'clientId'>): string {
  return name ?? (clientId === 0 ? 'issuers' : `client ${clientId}`);
}
