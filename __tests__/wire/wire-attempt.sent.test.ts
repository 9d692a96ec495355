import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { service, type Service } from '../support/service';
import { WAYS } from '../support/ways';

/** A server that accepts connections and says nothing: a TLS handshake with it never ends. */
let mute: Server;
const muted = new Set<Socket>();
let mutePort = 0;

beforeAll(async () => {
  mute = net.createServer((socket) => muted.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  mutePort = (mute.address() as AddressInfo).port;
});

afterAll(async () => {
  for (const socket of muted) socket.destroy();
  await new Promise((resolve) => mute.close(resolve));
});

/** Where the second request of a call fails, the code, and the options of the call. */
const SECOND: [string, () => Promise<string>, string, RequestOptions][] = [
  ['is refused', async () => Promise.resolve('http://127.0.0.1:1/'), 'CONNECTION_REFUSED', {}],
  ['has an unknown host', async () => Promise.resolve('http://no-such-host.invalid/'), 'HOST_NOT_FOUND', {}],
  ['meets an unknown certificate', selfSigned, 'CERTIFICATE_INVALID', {}],
  ['meets no TLS', plainPort, 'TLS_FAILED', {}],
  ['cannot connect in time', silentTLS, 'TIMEOUT', { timeout: 0.3, retryAttempts: 1 }],
  ['cannot connect before the deadline', silentTLS, 'DEADLINE_EXCEEDED', { deadline: 0.3 }],
  ['is cut off', cutOff, 'CONNECTION_CLOSED', {}],
];

async function selfSigned(): Promise<string> {
  return (await rawService(() => undefined, await certificateFor('127.0.0.1'))).url;
}

async function plainPort(): Promise<string> {
  return (await service()).url.replace('http:', 'https:');
}

async function silentTLS(): Promise<string> {
  return Promise.resolve(`https://127.0.0.1:${mutePort}/`);
}

async function cutOff(): Promise<string> {
  return (await rawService((socket) => socket.end())).url;
}

async function movedTo(location: string, status = 303): Promise<Service> {
  return service([{ status, headers: { location } }]);
}

describe.each(WAYS)('over %s', (_, way) => {
  const careful = new HTTPClient({ retry: { base: 0.001, unsafeMethods: 'when-not-sent' }, timeout: 2, ...way });

  test.each(SECOND)('a POST was sent if the request after its redirect %s', async (_name, target, code, options) => {
    const api = await movedTo(await target());

    const error = await failure(careful.post(api.url, { json: { item: 1 }, ...options }));

    expect(error).toMatchObject({ code, sent: 'yes', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });

  test.each([302, 303, 307, 308])('so it was after a %i', async (status) => {
    const api = await movedTo('http://127.0.0.1:1/', status);

    expect(await failure(careful.post(api.url, { json: 1 }))).toMatchObject({ sent: 'yes', phase: 'connect' });
    expect(api.requests).toHaveLength(1);
  });

  test('a call that is cancelled in its second request was sent', async () => {
    const api = await movedTo(await silentTLS());
    const caller = new AbortController();
    mute.once('connection', () => {
      caller.abort();
    });

    const error = await failure(careful.post(api.url, { signal: caller.signal }));

    expect(error).toMatchObject({ code: 'CANCELLED', sent: 'yes' });
  });

  test('under `always` all of it is repeated', async () => {
    const api = await movedTo('http://127.0.0.1:1/');
    const bold = new HTTPClient({ retry: { base: 0.001 }, retryAttempts: 2, ...way });

    expect(await failure(bold.post(api.url))).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'yes', retries: 2 });
    expect(api.requests).toHaveLength(3);
  });

  test('a POST whose first connection is refused was not sent, and is repeated', async () => {
    expect(await failure(careful.post('http://127.0.0.1:1/', { retryAttempts: 2 }))).toMatchObject({
      sent: 'no',
      retries: 2,
    });
  });

  test.each<[string, RequestOptions, string]>([
    ['in time', { timeout: 0.05, retryAttempts: 1 }, 'TIMEOUT'],
    ['before the deadline', { deadline: 0.05 }, 'DEADLINE_EXCEEDED'],
  ])('one that cannot connect %s was not sent', async (_name, options, code) => {
    const error = await failure(careful.post(await silentTLS(), options));

    expect(error).toMatchObject({ code, sent: 'no', phase: 'connect' });
  });

  test('a POST that dies with its server is made once, and may have been sent', async () => {
    const used = new WeakSet<Socket>();
    const api = await rawService((socket) => {
      if (used.has(socket)) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      used.add(socket);
    });
    await careful.get(api.url);

    const error = await failure(careful.post(api.url, { json: 1 }));

    expect(error).toMatchObject({ name: 'ConnectionError', sent: 'maybe', retries: 0 });
    expect(api.requests.filter((text) => text.startsWith('POST'))).toHaveLength(1);
  });

  test('a 401 after a redirect does not repeat the POST that was answered', async () => {
    const api = await service(({ method }) =>
      method === 'POST' ? { status: 303, headers: { location: '/order' } } : { status: 401 },
    );
    let token = 'old';
    const source = { getToken: () => token, invalidate: () => (token = 'new') };
    const client = new HTTPClient({ token: source, retry: { unsafeMethods: 'when-not-sent' }, ...way });

    const error = await failure(client.post(api.url));

    expect(error).toMatchObject({ status: 401, attempts: [{ reason: 'unsafe-method' }] });
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});
