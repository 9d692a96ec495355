import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtPackage } from './built-package';
import { service, type Service } from './service';

/** What must not leave the process but in the requests themselves. */
const SECRETS = {
  COOKIE: 'cookie-8d1f02',
  INBOUND: 'inbound-77ab3c',
  PASSWORD: 'password-c09e55',
  QUERY: 'query-41fd9a',
  TOKEN: 'token-e3b6d8',
};

export interface Beside {
  /** What the process printed. */
  readonly records: readonly Record<string, unknown>[];
  /** The secrets in there. */
  readonly leaked: readonly string[];
  readonly requests: Service['requests'];
}

/** Runs a script of this folder beside an APM: these patch modules globally. */
export async function runBeside(script: string, env: Record<string, string> = {}): Promise<Beside> {
  const api = await service(({ url }) => {
    if (url.startsWith('/gone')) return { hangUp: true };
    return { status: url.startsWith('/bad') ? 503 : 200 };
  });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(__dirname, script)], {
    env: { ...process.env, ...SECRETS, API: api.url, PACKAGE: join(builtPackage(), 'dist'), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  const leaked = Object.entries(SECRETS).flatMap(([name, secret]) => {
    return stdout.includes(secret) || stderr.includes(secret) ? name : [];
  });
  return { records: JSON.parse(stdout) as Record<string, unknown>[], leaked, requests: api.requests };
}

/** The paths of the requests that `beside-calls.cjs` sends: one is retried, one replayed. */
export const PATHS = ['/good', '/bad', '/bad', '/', '/gone', '/gone'];

/** The values of a header as they came, one line for each request. */
export function headersOf(requests: Service['requests'], name: string): string[] {
  return requests.map(({ headers }) => String(headers[name]));
}
