import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SpanStatusCode } from '@opentelemetry/api';
import { builtPackage } from '../support/built-package';

const main = join(__dirname, '../support/span-scenes-main.cjs');

interface Report {
  readonly requests: number;
  readonly spans: number;
  readonly hasServer: boolean;
  readonly resends: readonly number[];
  readonly errors: readonly string[];
  readonly codes: readonly SpanStatusCode[];
  /** Spans whose parent is another than the active span, or the remote one. */
  readonly strays: number;
  /** Requests without exactly one `traceparent`, that of an exported CLIENT span. */
  readonly unmatched: number;
  readonly doubles: number;
}

/** The error types of the spans, in the order of the requests; that of a request without a failure is empty. */
const SCENES: Readonly<Record<string, readonly string[]>> = {
  200: [''],
  404: ['404'],
  '503 four times': ['503', '503', '503', '503'],
  '503 then 200': ['503', ''],
  302: ['', ''],
  '401 replay': ['401', ''],
  timeout: ['TIMEOUT', 'TIMEOUT'],
  cancel: [''],
  refused: ['CONNECTION_REFUSED', 'CONNECTION_REFUSED'],
  deadline: ['DEADLINE_EXCEEDED'],
  'in a context': [''],
  'in Express': [''],
  hedge: ['', ''],
};

const INSTRUMENTATIONS = [[], ['http'], ['undici'], ['http', 'undici']] as const;

async function scenes(settings: object): Promise<Record<string, Report>> {
  const argument = JSON.stringify({ directory: builtPackage(), ...settings });
  const { stdout } = await promisify(execFile)(process.execPath, [main, argument]);
  return JSON.parse(stdout) as Record<string, Report>;
}

const runs = ['http', 'undici', 'axios', 'fetch'].flatMap((carrier) => [
  ...INSTRUMENTATIONS.map((instrumentations) => ({ carrier, instrumentations, isLate: false })),
  { carrier, instrumentations: ['http', 'undici'], isLate: true },
]);

test.each(runs)('one span for each request: $carrier, beside $instrumentations, late: $isLate', async (settings) => {
  const { stale, ...reports } = await scenes(settings);

  for (const [name, errors] of Object.entries(SCENES)) {
    const isFetch = settings.carrier === 'fetch';
    // What an adapter of others does is one request to this client: fetch follows redirects, and names no reason.
    const spans = isFetch && name === '302' ? errors.slice(1) : errors;
    const types = isFetch ? spans.map((type) => type.replace('CONNECTION_REFUSED', 'CONNECTION_FAILED')) : spans;
    expect({ [name]: reports[name] }).toEqual({
      [name]: {
        requests: name === 'refused' ? 0 : errors.length,
        spans: spans.length,
        hasServer: name === 'in Express' && (settings.instrumentations as readonly string[]).includes('http'),
        resends: spans.map((_, index) => index),
        errors: types,
        codes: types.map((type) => (type === '' ? SpanStatusCode.UNSET : SpanStatusCode.ERROR)),
        strays: 0,
        unmatched: 0,
        doubles: errors.length - spans.length,
      },
    });
  }
  expect(stale).toMatchObject({ requests: 3, spans: 3, strays: 0, unmatched: 0, doubles: 0 });
  expect([...(stale?.resends ?? [])].sort()).toEqual([0, 0, 1]);
});
