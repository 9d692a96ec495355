import { createReadStream, type ReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { Agent, MockAgent, RetryAgent } from 'undici';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { answer, http2Service } from '../support/http2-service';
import { failure } from '../support/outcome';
import { service } from '../support/service';

describe.each([
  ['the Agent of the client', undefined],
  ['an Agent of the caller', Agent],
])('over HTTP/2 on %s', (_, Given) => {
  test.each([
    ['DELETE', 'a piece', 'whole'],
    ['DELETE', 'bytes', Buffer.from('whole')],
    ['DELETE', 'empty', ''],
    ['GET', 'empty', ''],
    ['HEAD', 'empty', Buffer.alloc(0)],
    ['QUERY', 'a piece', 'whole'],
    ['POST', 'a piece', 'whole'],
    ['POST', 'a Blob', new Blob(['whole'])],
    ['POST', 'an empty Blob', new Blob([])],
  ])('the body of %s that is %s arrives', async (method, __, data) => {
    const api = await http2Service((stream) => {
      let received = '';
      stream.on('data', (chunk: Buffer) => (received += chunk.toString()));
      stream.on('end', () => {
        answer(stream, `received: ${received}`);
      });
    });
    const dispatcher = Given && new Given({ allowH2: true });
    const client = new HTTPClient({ transport: undici({ dispatcher, allowH2: true }), retryAttempts: 0, timeout: 2 });

    const outcome = await client.request(method, api.url, { data }).catch((error: unknown) => error);
    client.close();
    await dispatcher?.destroy();

    const sent = data instanceof Blob ? await data.text() : data.toString();
    expect(outcome).toMatchObject({ data: method === 'HEAD' ? '' : `received: ${sent}` });
  });
});

test('a mock gets the body of DELETE as it is', async () => {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  dispatcher.get('http://users.test').intercept({ path: '/1', method: 'DELETE', body: '{"soft":true}' }).reply(204);
  const client = new HTTPClient({ transport: undici({ dispatcher }), retryAttempts: 0 });

  expect((await client.delete('http://users.test/1', { json: { soft: true } })).status).toBe(204);
});

test('a RetryAgent can send the body of DELETE again', async () => {
  const api = await service([{ status: 503 }, {}]);
  const dispatcher = new RetryAgent(new Agent(), { minTimeout: 1 });
  const client = new HTTPClient({ transport: undici({ dispatcher }), retryAttempts: 0, timeout: 2 });

  await client.delete(api.url, { json: [1] });
  await dispatcher.destroy();

  expect(api.requests.map(({ body, headers }) => [body.toString(), headers['content-length']])).toEqual([
    ['[1]', '3'],
    ['[1]', '3'],
  ]);
});

test('the source of a request that gets no connection is closed', async () => {
  const client = new HTTPClient({ transport: undici(), retry: { base: 0.001 } });
  const sources: ReadStream[] = [];
  const data = (): ReadStream => {
    const source = createReadStream(__filename);
    sources.push(source);
    return source;
  };

  expect(await failure(client.post('http://127.0.0.1:1', { data }))).toMatchObject({ code: 'CONNECTION_REFUSED' });
  while (sources.some(({ closed }) => !closed)) await turn();

  expect(sources).toHaveLength(4);
  client.close();
});

describe('a stream arrives whole', () => {
  test.each(['before', 'after'])('to which the caller listens, %s the call', async (when) => {
    const api = await service([{ json: 1 }]);
    const client = new HTTPClient({ transport: undici() });
    const data = Readable.from(
      Array.from({ length: 50 }, () => 'x'.repeat(1000)),
      { objectMode: false },
    );
    let heard = 0;
    const listen = (): void => void data.on('data', (chunk: Buffer) => (heard += chunk.length));

    if (when === 'before') listen();
    const call = client.post(api.url, { data });
    if (when === 'after') listen();
    await call;

    expect([heard, api.requests[0]?.body.length]).toEqual([50_000, 50_000]);
    client.close();
  });

  test.each(['utf8', 'latin1', 'base64'] as const)('which has the encoding %s', async (encoding) => {
    const api = await service([{ json: 1 }]);
    const client = new HTTPClient({ transport: undici(), retryAttempts: 0 });
    const bytes = Buffer.from('Zürich');
    const data = new Readable({
      read() {
        this.push(bytes);
        this.push(null);
      },
    });

    await client.post(api.url, { data: data.setEncoding(encoding) });

    expect(api.requests[0]?.body.toString()).toBe(bytes.toString(encoding));
    client.close();
  });
});
