import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { failure } from '../support/outcome';
import { requestEnds, stepsOf } from '../support/request-ends';
import { service, type Service } from '../support/service';

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

interface Slow extends Service {
  /** Ports of the connections on which requests came. */
  readonly ports: ReadonlySet<unknown>;
  /** The most requests at the same time. */
  readonly most: () => number;
}

/** A service that keeps each response back. */
async function slow(delay: number, headers: Record<string, string> = {}): Promise<Slow> {
  const ports = new Set<unknown>();
  let inFlight = 0;
  let most = 0;
  const api = await service(() => ({
    handle: (request, response) => {
      ports.add(request.socket.remotePort);
      most = Math.max(most, ++inFlight);
      response.once('close', () => inFlight--);
      setTimeout(() => response.writeHead(200, headers).end('{}'), delay);
    },
  }));
  return Object.assign(Object.create(api) as Service, { ports, most: () => most });
}

describe.each([
  ['http', () => 'http' as const],
  ['undici', () => undici()],
])('%s', (_, transport) => {
  function clientWith(perOrigin: number): HTTPClient {
    const client = new HTTPClient({ transport: transport(), connections: { perOrigin }, retryAttempts: 0 });
    clients.push(client);
    return client;
  }

  test('further calls wait for one of the connections', async () => {
    const [api, other] = [await slow(20), await slow(20)];
    const client = clientWith(2);

    const urls = Array.from({ length: 12 }, (__, index) => (index % 2 === 0 ? api : other).url);
    const responses = await Promise.all(urls.map(async (url) => client.get(url)));

    expect(responses.map(({ status }) => status)).toEqual(urls.map(() => 200));
    for (const one of [api, other]) {
      expect(one.ports.size).toBe(2);
      expect(one.most()).toBe(2);
    }
  });

  test('a connection that the service closes makes room for the next', async () => {
    const api = await slow(5, { Connection: 'close' });
    const client = clientWith(1);

    await Promise.all([1, 2, 3].map(async () => client.get(api.url)));

    expect(api.ports.size).toBe(3);
    expect(api.most()).toBe(1);
  });

  test('a call that ends while it waits was not sent, and leaves the connection to the next', async () => {
    const api = await slow(300);
    const client = clientWith(1);
    const leave = new AbortController();

    const first = client.get(`${api.url}/first`);
    const late = failure(client.get(`${api.url}/late`, { timeout: 0.05 }));
    const gone = failure(client.get(`${api.url}/gone`, { signal: leave.signal }));
    setTimeout(() => {
      leave.abort();
    }, 50);

    expect(await late).toMatchObject({ code: 'TIMEOUT', phase: 'connect', sent: 'no' });
    expect(await gone).toMatchObject({ code: 'CANCELLED', sent: 'no' });
    await first;
    await client.get(`${api.url}/last`);
    expect(api.requests.map(({ url }) => url)).toEqual(['/first', '/last']);
    expect(api.ports.size).toBe(1);
  });

  test('the wait is measured as one', async () => {
    const api = await slow(100);
    const client = clientWith(1);
    const ends = requestEnds();

    await Promise.all([client.get(api.url), client.get(api.url)]);

    const second = ends[1];
    expect(second && stepsOf(second)).toMatch(/^queued sent/);
    expect(second?.timings?.queued).toBeGreaterThan(0.05);
  });
});
