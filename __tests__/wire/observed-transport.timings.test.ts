import { Agent, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { HTTPClient, type RequestEnd, type Transport } from '../../src/index';
import { httpTransport } from '../../src/transports/http';
import { undici } from '../../src/transports/undici';
import { failure } from '../support/outcome';
import { requestEnds, stepsOf, total } from '../support/request-ends';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

function last(ends: readonly RequestEnd[]): RequestEnd {
  const end = ends.at(-1);
  if (!end) throw new Error('no request has ended');
  return end;
}

describe.each(WAYS)('over %s', (_, options) => {
  test('the steps together are as long as the attempt', async () => {
    const api = await service([{ delay: 20, json: {} }]);
    const ends = requestEnds();

    const before = performance.now();
    await new HTTPClient().get(api.url, options);
    const elapsed = (performance.now() - before) / 1000;

    const { timings } = last(ends);
    expect(timings?.wait).toBeGreaterThan(0.01);
    expect(total(timings)).toBeGreaterThan(0.018);
    expect(total(timings)).toBeLessThanOrEqual(elapsed);
  });

  test('after a timeout, the step under way is the last one', async () => {
    const api = await service([{ delay: 10_000 }]);
    const ends = requestEnds();

    await failure(new HTTPClient({ retryAttempts: 0 }).get(api.url, { ...options, timeout: 0.2 }));

    expect(last(ends).error?.code).toBe('TIMEOUT');
    expect(stepsOf(last(ends))).toBe('queued connect sent wait');
    expect(total(last(ends).timings)).toBeGreaterThan(0.02);
  });

  test('each request of a redirect has its own timings', async () => {
    const api = await service([{ status: 302, headers: { location: '/next' } }, { delay: 15 }]);
    const ends = requestEnds();

    await new HTTPClient().get(api.url, options);

    const [first, second] = ends.map(({ timings }) => timings);
    expect(ends).toHaveLength(2);
    expect(first?.connect).toBeDefined();
    expect(second?.wait).toBeGreaterThan(0.01);
    expect(total(second)).toBeGreaterThan(Number(second?.wait));
  });

  test('`receive` lasts until the end of a body, also of a decoded one and of a stream', async () => {
    const body = gzipSync('a'.repeat(1000));
    const handle = (_request: unknown, response: ServerResponse): void => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': body.length });
      response.write(body.subarray(0, 10));
      setTimeout(() => response.end(body.subarray(10)), 45);
    };
    const api = await service([{ handle }, { handle }]);
    const client = new HTTPClient({ baseURL: api.url });
    const ends = requestEnds();

    await client.get('/', options);
    const { data } = await client.get<NodeJS.ReadableStream>('/', { ...options, responseType: 'stream' });
    for await (const chunk of data) expect(String(chunk)).toMatch(/^a+$/);

    expect(ends).toHaveLength(2);
    for (const { timings } of ends) expect(timings?.receive).toBeGreaterThan(0.008);
  });
});

describe('`request.transport` is what carries the request', () => {
  const named: Transport = { ...undici(), name: 'custom' };

  test.each([
    ['http', { transport: httpTransport() }, {}],
    ['undici', { transport: undici() }, {}],
    ['custom', { transport: named }, {}],
    ['http', { transport: undici() }, { httpAgent: new Agent() }],
    ['http', { transport: undici() }, { family: 4 }],
    ['axios', { transport: undici() }, { onDownloadProgress: () => undefined }],
    ['adapter', {}, { adapter: 'fetch' }],
  ] as const)('%s', async (expected, clientOptions, options) => {
    const api = await service();
    const client = new HTTPClient({ baseURL: api.url, ...clientOptions });
    const ends = requestEnds();

    await client.axios.get('/', options as never);

    expect(last(ends).request.transport).toBe(expected);
    client.close();
  });
});
