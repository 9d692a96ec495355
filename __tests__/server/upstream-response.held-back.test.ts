import { Logger } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import { EMPTY, lastValueFrom } from 'rxjs';
import { HTTPClient, type HTTPClientOptions, type RequestException } from '../../src/index';
import { upstreamErrors } from '../../src/express';
import { graphqlErrorFormat, UpstreamExceptionFilter } from '../../src/nestjs/index';
import { createException } from '../../src/errors/create';
import { upstreamMessage } from '../../src/server/upstream-message';
import { upstreamResponse, upstreamSettings } from '../../src/server/upstream-response';
import { app, EXPRESSES, route } from '../express/expresses';
import { failure } from '../support/outcome';
import { service } from '../support/service';

// What callers of a service are told when its client has sent nothing.

const NOTHING = upstreamSettings({});
const CODES = ['CIRCUIT_OPEN', 'QUEUE_FULL', 'ORIGIN_CLOSED', 'RATE_LIMITED'] as const;

/** The second of two calls that fail: the first has opened the circuit for 5 to 5.5 s. */
async function heldBack(): Promise<RequestException> {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient({ retryAttempts: 0, circuitBreaker: { minimumCalls: 1, openFor: 5 } });
  await failure(client.get(api.url));
  return failure(client.get(api.url));
}

beforeAll(() => {
  Logger.overrideLogger(false);
});

test.each(CODES)('%s is a 503 that the caller may retry when the next call may pass', (code) => {
  const error = createException(code, { sent: 'no', retryAfter: 4.2 });

  const { status, headers } = upstreamResponse(error, NOTHING);

  expect(status).toBe(503);
  expect(headers).toMatchObject({ 'Retry-After': '5' });
  expect(headers).not.toHaveProperty('X-Should-Retry');
});

test.each(CODES)('%s without a known time may be retried after 1 s', (code) => {
  expect(upstreamResponse(createException(code), NOTHING).headers).toMatchObject({ 'Retry-After': '1' });
});

test('a caller without HTTP gets the same as members', () => {
  const message = upstreamMessage(createException('CIRCUIT_OPEN', { retryAfter: 4.2 }), NOTHING, undefined);

  expect(message).toMatchObject({ retryAfter: 5, problem: { status: 503 } });
  expect(message).not.toHaveProperty('shouldRetry');
});

test.each(EXPRESSES)('in %s, a call that was held back is a 503 with Retry-After', async (_, express) => {
  const error = await heldBack();
  const throws = route(() => {
    throw error;
  });

  const response = await fetch(await app(express, throws, upstreamErrors({ log: () => undefined })));

  expect(error.code).toBe('CIRCUIT_OPEN');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^[56]$/);
  expect(response.headers.get('x-should-retry')).toBeNull();
  expect(await response.text()).not.toMatch(/CIRCUIT|127\.0\.0\.1/);
});

test('a GraphQL field has it in its extensions', async () => {
  const { extensions } = graphqlErrorFormat()({ message: '' }, await heldBack()) as { extensions?: object };

  expect(extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', problem: { status: 503 } });
  expect(extensions).toHaveProperty('retryAfter');
  expect(extensions).not.toHaveProperty('shouldRetry');
});

test('a message handler responds with it', async () => {
  const host = new ExecutionContextHost([]);
  host.setType('rpc');

  const response = new UpstreamExceptionFilter().catch(await heldBack(), host);
  const payload: unknown = await lastValueFrom(response ?? EMPTY).catch((thrown: unknown) => thrown);

  expect(payload).toMatchObject({ problem: { status: 503 }, retryAfter: expect.any(Number) as number });
  expect(payload).not.toHaveProperty('shouldRetry');
});

describe('a retry that was refused', () => {
  test.each<[string, HTTPClientOptions]>([
    ['retry-budget', { retry: { budget: { reserve: 0 } } }],
    ['circuit-open', { circuitBreaker: { minimumCalls: 1 } }],
  ])('%s: the caller must not retry, because all callers would', async (reason, options) => {
    const api = await service([{ status: 503 }]);

    const error = await failure(new HTTPClient(options).get(api.url));

    expect(error.attempts).toMatchObject([{ decision: 'fail', reason }]);
    expect(upstreamResponse(error, NOTHING)).toMatchObject({ status: 503, headers: { 'X-Should-Retry': 'false' } });
  });
});
