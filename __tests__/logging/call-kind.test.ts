import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../src/index';
import { callKind } from '../../src/logging/call-kind';
import type { CallEnd } from '../../src/events/messages';

const ended = (retries: number, code?: string): CallEnd =>
  ({ call: { retries }, ...(code !== undefined && { error: { code } }) }) as unknown as CallEnd;

test.each([
  [0, undefined, 'success'],
  [2, undefined, 'retried'],
  [0, 'CLIENT_ERROR', 'callerFault'],
  [0, 'INVALID_URL', 'callerFault'],
  [1, 'CANCELLED', 'cancelled'],
  [3, 'SERVER_ERROR', 'failure'],
  [0, 'TOKEN_UNAVAILABLE', 'failure'],
  [0, 'CODE_OF_A_LATER_VERSION', 'failure'],
])('%d retries, %s: %s', (retries, code, kind) => {
  expect(callKind(ended(retries, code))).toBe(kind);
});

test('docs/logging.md lists the codes of each kind, and those that it does not list are failures', () => {
  const page = readFileSync(join(__dirname, '../../docs/logging.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(callerFault|cancelled)` +\|([^|]*)\|/gm)];
  const documented = rows.flatMap(([, kind, codes = '']) =>
    [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => [code, kind]),
  );
  const actual = Object.keys(ERROR_CODES).map((code) => [code, callKind(ended(0, code))]);

  expect(documented.sort()).toEqual(actual.filter(([, kind]) => kind !== 'failure').sort());
});
