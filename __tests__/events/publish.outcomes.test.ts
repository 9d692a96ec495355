import { HTTPClient } from '../../src/index';
import { EventLog } from '../support/event-log';
import { ENTRANCES } from '../support/origin-scene';
import { rawService } from '../support/raw-service';
import { service, type Answer } from '../support/service';

const FAST = { retry: { base: 0.001 } };

/** One request of the first attempt, and what follows it. */
const first = (status: number, decision: string): readonly string[] => [
  ...[
    'call',
    'attempt 1',
    'request 0',
    `headers ${status}`,
    `request end ${status}`,
    `attempt end ${status} ${decision}`,
  ],
];

const second = (status: number, kind: string, decision: string): readonly string[] => [
  ...[
    'attempt 2',
    `request 1 ${kind}`,
    `headers ${status}`,
    `request end ${status}`,
    `attempt end ${status} ${decision}`,
  ],
];

/** What is published of a call whose service gives these answers. */
const BY_ANSWERS: readonly (readonly [string, readonly Answer[], readonly string[]])[] = [
  ['200', [{}], [...first(200, 'done'), 'call end 200']],
  ['404', [{ status: 404 }], [...first(404, 'fail not-retryable'), 'call end CLIENT_ERROR']],
  [
    '503 twice',
    [{ status: 503 }],
    [
      ...first(503, 'retry SERVER_ERROR'),
      ...second(503, 'retry SERVER_ERROR', 'fail retries-exhausted'),
      'call end SERVER_ERROR',
    ],
  ],
  [
    '503, then 200',
    [{ status: 503 }, {}],
    [...first(503, 'retry SERVER_ERROR'), ...second(200, 'retry SERVER_ERROR', 'done'), 'call end 200'],
  ],
  [
    'a redirect, then 503, then 200',
    [{ status: 302, headers: { location: '/b' } }, { status: 503 }, {}],
    [
      ...['call', 'attempt 1', 'request 0', 'headers 302', 'request end 302'],
      ...['request 1 redirect 302', 'headers 503', 'request end 503', 'attempt end 503 retry SERVER_ERROR'],
      ...['attempt 2', 'request 2 retry SERVER_ERROR', 'headers 200', 'request end 200', 'attempt end 200 done'],
      'call end 200',
    ],
  ],
  [
    'a redirect that cannot be followed',
    [{ status: 302, headers: { location: 'ftp://a.test/' } }],
    [
      ...['call', 'attempt 1', 'request 0', 'headers 302', 'request end 302 REDIRECT_REFUSED'],
      ...['attempt end REDIRECT_REFUSED fail not-retryable', 'call end REDIRECT_REFUSED'],
    ],
  ],
];

describe.each(ENTRANCES)('%s', (_, send) => {
  test.each(BY_ANSWERS)('%s', async (_name, answers, story) => {
    const api = await service(answers);
    const log = new EventLog();

    await send(new HTTPClient({ ...FAST, retryAttempts: 1 }), api.url).catch(() => undefined);

    expect(log.story).toEqual(story);
  });

  test('a redirect to another origin', async () => {
    const other = await service();
    const api = await service([{ status: 307, headers: { location: other.url } }]);
    const log = new EventLog();

    await send(new HTTPClient(), api.url);

    expect(log.story.filter((line) => line.startsWith('request'))).toEqual([
      ...['request 0', 'request end 307', 'request 1 redirect 307', 'request end 200'],
    ]);
    const ports = log.entries.filter(({ kind }) => kind === 'requestStart').map(({ request }) => request?.port);
    expect(ports).toEqual([api.port, other.port]);
  });

  test('a 401 that is sent again with a new token', async () => {
    const api = await service([{ status: 401 }, {}]);
    let issued = 0;
    const client = new HTTPClient({
      token: {
        getToken: () => `t${issued}`,
        invalidate: () => {
          issued++;
        },
      },
    });
    const log = new EventLog();

    await send(client, api.url);

    expect(log.story).toEqual([
      ...first(401, 'replay TOKEN_REFUSED'),
      ...second(200, 'replay TOKEN_REFUSED', 'done'),
      'call end 200',
    ]);
    expect(log.calls[0]?.retries).toBe(0);
  });

  test('a connection that the server had closed', async () => {
    const api = await rawService((socket, number) => {
      if (number === 2) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const client = new HTTPClient();
    await send(client, api.url);
    const log = new EventLog();

    await send(client, api.url);

    const { story } = log;
    expect(story.slice(0, 3)).toEqual(['call', 'attempt 1', 'request 0']);
    expect(story[3]).toMatch(/^request end (STALE_CONNECTION|CONNECTION_CLOSED)$/);
    expect(story[6]).toMatch(/^request 1 (replay STALE_CONNECTION|retry CONNECTION_CLOSED)$/);
    expect(story.at(-1)).toBe('call end 200');
  });

  test('a refused connection', async () => {
    const api = await service();
    await api.close();
    const log = new EventLog();

    await send(new HTTPClient({ retryAttempts: 0 }), api.url).catch(() => undefined);

    expect(log.story).toEqual([
      ...['call', 'attempt 1', 'request 0', 'request end CONNECTION_REFUSED'],
      ...['attempt end CONNECTION_REFUSED fail retries-disabled', 'call end CONNECTION_REFUSED'],
    ]);
  });

  test('a body that breaks off', async () => {
    const api = await rawService((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok'));
    const log = new EventLog();

    await send(new HTTPClient({ retryAttempts: 0 }), api.url).catch(() => undefined);

    expect(log.story).toEqual([
      ...['call', 'attempt 1', 'request 0', 'headers 200', 'request end 200 BODY_TRUNCATED'],
      ...['attempt end BODY_TRUNCATED fail retries-disabled', 'call end BODY_TRUNCATED'],
    ]);
  });
});
