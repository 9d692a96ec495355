import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import { HTTPClient } from '../../src/index';
import { service, type Answer, type Service } from '../support/service';

const PAGE = readFileSync(join(__dirname, '../../docs/from-axios.md'), 'utf8');

/** What the page says that each client sends on a failure. */
const ROWS = PAGE.slice(PAGE.indexOf('| axios-retry sends'), PAGE.indexOf('## Errors'))
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, failure = '', theirs = '', ours = '']) =>
    /^(GET|POST)/.test(failure) ? [{ failure, theirs, ours }] : [],
  );

interface Failure {
  readonly answer: Answer;
  readonly method: 'get' | 'post';
  readonly unsafeMethods?: 'never' | 'when-not-sent';
}

const FAILURES: Record<string, Failure> = {
  'GET, 503': { answer: { status: 503 }, method: 'get' },
  'GET, timeout': { answer: { delay: 2000 }, method: 'get' },
  'POST, 503': { answer: { status: 503 }, method: 'post', unsafeMethods: 'never' },
  'POST, connection reset': { answer: { hangUp: true }, method: 'post', unsafeMethods: 'when-not-sent' },
};

/** Seconds: enough for a request to arrive on a busy machine. */
const TIMEOUT = 0.04;

const withRetries = (timeout = 0): AxiosInstance => {
  const http = axios.create({ timeout: timeout * 1000 });
  axiosRetry(http);
  return http;
};

async function requestsOf(answer: Answer, call: (api: Service) => Promise<unknown>): Promise<Service['requests']> {
  const api = await service([answer]);
  await expect(call(api)).rejects.toThrow();
  return api.requests;
}

const client = (timeout = Infinity, unsafeMethods?: 'never' | 'when-not-sent'): HTTPClient =>
  new HTTPClient({ timeout, retry: { base: 0, unsafeMethods } });

test.each(ROWS)('$failure: as many requests as the page says', async ({ failure, theirs, ours }) => {
  const { answer, method, unsafeMethods } = FAILURES[failure] ?? { answer: {}, method: 'get' };
  const timeout = failure.endsWith('timeout') ? TIMEOUT : undefined;

  const sent = await requestsOf(answer, ({ url }) => withRetries(timeout)[method](url));
  const mine = await requestsOf(answer, ({ url }) => client(timeout)[method](url));
  const keys = new Set(mine.map(({ headers }) => headers['idempotency-key']));

  expect([sent.length, mine.length]).toEqual([Number.parseInt(theirs, 10), Number.parseInt(ours, 10)]);
  expect(keys).toEqual(new Set([method === 'post' ? expect.any(String) : undefined]));
  if (unsafeMethods === undefined) return;
  expect(ours).toContain(`1 with \`unsafeMethods: '${unsafeMethods}'\``);
  expect(await requestsOf(answer, ({ url }) => client(timeout, unsafeMethods)[method](url))).toHaveLength(1);
});

test('every failure of the page is tried', () => {
  expect(ROWS.map(({ failure }) => failure)).toEqual(Object.keys(FAILURES));
});

test('axios-retry sends a stream again without its bytes, this client does not', async () => {
  const sent = await requestsOf({ status: 503 }, ({ url }) => withRetries().put(url, Readable.from(['bytes'])));
  const mine = await requestsOf({ status: 503 }, ({ url }) => client().put(url, { data: Readable.from(['bytes']) }));

  expect(sent.map(({ body }) => body.toString())).toEqual(['bytes', '', '', '']);
  expect(mine.map(({ body }) => body.toString())).toEqual(['bytes']);
});
