import { Readable } from 'node:stream';
import { HTTPClient, type RetryNotice, type RetryOutlook } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const BASE = { base: 0.001 };

test('`when` allows a retry of a response that the rules do not retry', async () => {
  const api = await service([{ status: 409 }, { status: 404 }, {}]);
  const seen: RetryOutlook[] = [];
  const client = new HTTPClient({
    retry: {
      ...BASE,
      when: (error, state) => {
        seen.push(state);
        return error.status === 409 || error.status === 404;
      },
    },
  });

  const { retries, config } = await client.post(api.url, { json: {} });

  expect(retries).toBe(2);
  expect(config.call?.attempts).toMatchObject([
    { outcome: 409, decision: 'retry', reason: 'CLIENT_ERROR' },
    { outcome: 404, decision: 'retry', reason: 'CLIENT_ERROR' },
    { outcome: 200 },
  ]);
  expect(seen).toEqual([
    { attempt: 1, retriesLeft: 3, remaining: Infinity, planned: false },
    { attempt: 2, retriesLeft: 2, remaining: Infinity, planned: false },
  ]);
});

test('`when` refuses a retry, also the replay on a new connection or with a new token', async () => {
  const [down, locked] = [await service([{ status: 503 }]), await service([{ status: 401 }])];
  const refused: string[] = [];
  const token = { getToken: () => `t${refused.length}`, invalidate: (old: string) => void refused.push(old) };
  const client = new HTTPClient({ token, retry: { ...BASE, when: () => false } });

  const errors = [await failure(client.get(down.url)), await failure(client.get(locked.url))];

  expect(errors.map(({ attempts }) => attempts)).toMatchObject([
    [{ outcome: 503, decision: 'fail', reason: 'refused-by-when' }],
    [{ outcome: 401, decision: 'fail', reason: 'refused-by-when' }],
  ]);
});

test('`when` allows what `unsafeMethods` forbids, if the service has answered', async () => {
  const api = await service([{ status: 503 }, {}]);
  const gone = await service();
  await gone.close();
  const client = new HTTPClient({ retry: { ...BASE, unsafeMethods: 'never', when: () => true } });

  expect((await client.post(api.url, { json: {} })).retries).toBe(1);
  expect(await failure(client.post(gone.url, { json: {} }))).toMatchObject({ attempts: [{ reason: 'unsafe-method' }] });
});

test.each([
  ['a body that was sent already', { data: Readable.from(['once']) }, 'body-not-replayable'],
  ['more retries than there are', { retryAttempts: 0 }, 'retries-disabled'],
  ['a wait beyond the deadline', { deadline: 0.9 }, 'deadline'],
])('`when` cannot allow %s, and is not asked', async (_, options, reason) => {
  const api = await service([{ status: 503 }]);
  const when = jest.fn(() => true);
  const client = new HTTPClient({ retry: { base: 1, when } });

  const error = await failure(client.put(api.url, options));

  expect(error.attempts).toMatchObject([{ reason }]);
  expect(when).not.toHaveBeenCalled();
});

test('`when` is not asked about a cancelled call, and one that cancels ends it', async () => {
  const api = await service([{ status: 503 }]);
  const controller = new AbortController();
  const when = jest.fn(() => {
    controller.abort();
    return true;
  });
  const client = new HTTPClient({ retry: { ...BASE, when } });

  expect(await failure(client.get(api.url, { signal: controller.signal }))).toMatchObject({ code: 'CANCELLED' });
  expect(when).toHaveBeenCalledTimes(1);
  expect(api.requests).toHaveLength(1);
});

test('`onRetry` is told of each further attempt before the wait', async () => {
  const api = await service([{ status: 503, headers: { 'Retry-After': '0.02' } }, { status: 500 }, {}]);
  const told: [number, number, number | undefined, number][] = [];
  const onRetry = ({ error, attempt, wait, call }: RetryNotice): void => {
    told.push([attempt, wait, error.status, call.attempts.length]);
  };

  await new HTTPClient({ retry: { ...BASE, onRetry } }).get(api.url);

  expect(told).toEqual([
    [1, 0.02, 503, 1],
    [2, 0.002, 500, 2],
  ]);
});

test('`onRetry` is told of a replay, which waits for nothing', async () => {
  const api = await service([{ status: 401 }, {}]);
  let number = 1;
  const token = { getToken: () => `t${number}`, invalidate: () => (number += 1) };
  const onRetry = jest.fn();

  await new HTTPClient({ token, retry: { onRetry } }).get(api.url);

  expect(onRetry).toHaveBeenCalledTimes(1);
  expect(onRetry).toHaveBeenCalledWith(expect.objectContaining({ attempt: 1, wait: 0 }));
});

test('an `onRetry` that throws replaces nothing', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  const api = await service([{ status: 503 }, {}]);
  const onRetry = (): never => {
    throw new Error('broken');
  };

  expect((await new HTTPClient({ retry: { ...BASE, onRetry } }).get(api.url)).status).toBe(200);
  jest.restoreAllMocks();
});

test('the hooks of a call replace those of the client, one by one', async () => {
  const api = await service([{ status: 404 }, {}, { status: 503 }, { status: 404 }, {}]);
  const [ofClient, ofCall] = [jest.fn(), jest.fn()];
  const client = new HTTPClient({ retry: { ...BASE, when: () => false, onRetry: ofClient } });

  expect((await client.get(api.url, { retry: { when: () => true } })).retries).toBe(1);
  expect(await failure(client.get(api.url, { retry: { onRetry: ofCall } }))).toMatchObject({ status: 503, retries: 0 });
  const { status } = await client.axios.get(api.url, { retry: { when: () => true, onRetry: ofCall } });

  expect(status).toBe(200);
  expect([ofClient.mock.calls.length, ofCall.mock.calls.length]).toEqual([1, 1]);
});
