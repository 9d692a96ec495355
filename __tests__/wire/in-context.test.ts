import { once } from 'node:events';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { currentContext, HTTPClient, runInContext, type Transport } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { service, type Service } from '../support/service';

const transports: [string, () => 'http' | Transport][] = [
  ['http', () => 'http'],
  ['undici', () => undici()],
];

/** A service that sends its body in three pieces, compressed or not. */
async function slowService(): Promise<Service> {
  return service([
    {
      handle(request, response) {
        const isGzip = request.url === '/gzip';
        response.writeHead(200, isGzip ? { 'Content-Encoding': 'gzip' } : {});
        const body = isGzip ? createGzip({ level: 0 }) : response;
        if (isGzip) (body as ReturnType<typeof createGzip>).pipe(response);
        const pieces = ['a', 'b', 'c'].map((letter) => letter.repeat(100_000));
        const next = (): void => {
          const piece = pieces.shift();
          if (piece === undefined) body.end();
          else body.write(piece, () => setTimeout(next, 2));
        };
        next();
      },
    },
  ]);
}

/** In whose context the events of a stream are told. */
async function tellers(data: Readable): Promise<Set<string | undefined>> {
  const seen = new Set<string | undefined>();
  for (const event of ['data', 'end', 'close']) data.on(event, () => seen.add(currentContext()?.requestId));
  await once(data, 'close');
  return seen;
}

describe.each(transports)('over %s', (_, transport) => {
  test('a body is made, and a status judged, in the context of its call', async () => {
    const api = await service(({ url }) =>
      url === '/' ? { status: 307, headers: { Location: '/final' } } : { status: 200 },
    );
    const client = new HTTPClient({ transport: transport() });
    const seen: unknown[] = [];
    const note = (): void => {
      seen.push(currentContext()?.requestId);
    };

    for (const requestId of ['first', 'second']) {
      await runInContext({ requestId }, async () =>
        client.put(api.url, {
          data: () => {
            note();
            return Readable.from(['body']);
          },
          validateStatus: () => {
            note();
            return true;
          },
        }),
      );
    }

    // Once for each request, and once for the answer.
    expect(seen).toEqual([...Array<string>(3).fill('first'), ...Array<string>(3).fill('second')]);
    client.close();
  });

  test.each(['/plain', '/gzip'])(
    'a stream of %s is read in the context of its call, not of its connection',
    async (path) => {
      const api = await slowService();
      const client = new HTTPClient({ transport: transport() });
      const seen: unknown[] = [];

      for (const requestId of ['first', 'second']) {
        await runInContext({ requestId }, async () => {
          const { data } = await client.get<Readable>(api.url + path, { responseType: 'stream' });
          seen.push([...(await tellers(data))]);
        });
      }

      expect(await api.connections()).toBe(1);
      expect(seen).toEqual([['first'], ['second']]);
      client.close();
    },
  );

  test('a call that is made where another one is read belongs to the same request', async () => {
    const api = await slowService();
    const audit = await service();
    const client = new HTTPClient({ transport: transport() });

    for (const requestId of ['first', 'second']) {
      await runInContext({ requestId }, async () => {
        const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
        data.resume();
        const told = new Promise((resolve) => {
          data.once('end', () => {
            resolve(client.get(audit.url));
          });
        });
        await told;
      });
    }

    expect(audit.requests.map(({ headers }) => headers['x-request-id'])).toEqual(['first', 'second']);
    client.close();
  });

  test.each<[string, (data: Readable) => void]>([
    ['a listener', (data) => data.on('data', () => undefined)],
    ['a loop', (data) => void data.toArray().catch(() => undefined)],
    ['resume()', (data) => data.resume()],
  ])('a stream that %s reads for longer than the caller waits ends with the time', async (_, read) => {
    const api = await service([{ handle: (_request, response) => response.write('part') }]);
    const client = new HTTPClient({ transport: transport(), timeout: 1 });
    const { data } = await runInContext({ deadline: performance.now() + 300 }, async () =>
      client.get<Readable>(api.url, { responseType: 'stream' }),
    );

    read(data);

    expect(await once(data, 'error')).toMatchObject([{ code: 'DEADLINE_EXCEEDED', phase: 'body' }]);
    client.close();
  });

  test('a stream that nobody has begun to read when the time is over ends as soon as it is read', async () => {
    const api = await service([{ handle: (_request, response) => response.write('part') }]);
    const client = new HTTPClient({ transport: transport() });
    const deadline = performance.now() + 300;
    const { data } = await runInContext({ deadline }, async () =>
      client.get<Readable>(api.url, { responseType: 'stream' }),
    );
    await new Promise((resolve) => setTimeout(resolve, deadline - performance.now() + 5));
    expect(data.destroyed).toBe(false);

    data.on('data', () => undefined);

    expect(await once(data, 'error')).toMatchObject([{ code: 'DEADLINE_EXCEEDED' }]);
    client.close();
  });
});
