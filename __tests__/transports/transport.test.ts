import { readFileSync } from 'node:fs';
import node from 'node:http';
import { join } from 'node:path';
import { HTTPClient, type RequestOptions } from '../../src/index';
import * as http from '../../src/transports/http';
import type { Transport } from '../../src/transports/transport';
import { undici } from '../../src/transports/undici';
import { CALL_SCENES } from '../support/coverage-scenes';
import { CONNECTION_SCENES } from '../support/coverage-scenes-connection';
import { service } from '../support/service';

const SCENES = new Map(Object.entries({ ...CALL_SCENES, ...CONNECTION_SCENES }));

const AXIOS = "axios's adapter";

/** Who carries a request with an option, by the word in the column "Handled by". */
const CARRIERS: Readonly<Record<string, (transport: string) => string>> = {
  'the transport': (transport) => transport,
  'http transport': () => 'http',
  [AXIOS]: () => AXIOS,
  itself: () => 'itself',
  'client.axios': (transport) => transport,
  nobody: (transport) => transport,
};

interface Row {
  readonly options: readonly string[];
  readonly handledBy: string;
}

/** The rows of the table "Every option of axios" of the page. */
function rows(): Row[] {
  const page = readFileSync(join(__dirname, '../../docs/transports.md'), 'utf8');
  const section = /^## Every option of axios$([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
  return [...section.matchAll(/^\|(.*?)\|(.*?)\|/gm)].slice(2).map(([, options = '', handledBy = '']) => ({
    options: [...options.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    handledBy: handledBy.replaceAll('`', '').trim(),
  }));
}

/** By name, each request that a transport carried. */
let carried: string[] = [];

function seen(transport: Transport): Transport {
  return {
    ...transport,
    dispatch: (request, events) => {
      carried.push(transport.name);
      return transport.dispatch(request, events);
    },
  };
}

/** Who carried the requests that arrived. */
function carrierOf(arrived: readonly unknown[]): string {
  if (arrived.length === 0) return 'itself';
  if (carried.length === 0) return AXIOS;
  // Each of them, and none twice.
  expect(carried).toHaveLength(arrived.length);
  return [...new Set(carried)].join(' and ');
}

const cells = rows().flatMap(({ options, handledBy }) => options.map((name) => [name, handledBy] as const));

const { httpTransport } = http;

beforeEach(() => {
  carried = [];
  // The client makes one for itself, for what undici cannot be told.
  jest.spyOn(http, 'httpTransport').mockImplementation(() => seen(httpTransport()));
});

test('every option of the table has a scene, and every scene a row', () => {
  expect(cells.map(([name]) => name).sort()).toEqual([...SCENES.keys()].sort());
});

test('every row says in a word of the page who handles it', () => {
  expect(cells.filter(([, handledBy]) => !Object.hasOwn(CARRIERS, handledBy))).toEqual([]);
});

describe.each([
  ['http', () => 'http' as const],
  ['undici', () => seen(undici())],
])('over %s', (transport, create) => {
  const clients: HTTPClient[] = [];
  const make = (): HTTPClient => {
    const client = new HTTPClient({ transport: create(), retryAttempts: 0, timeout: 3 });
    clients.push(client);
    return client;
  };

  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  test.each(cells)('`%s` takes effect, handled by %s', async (name, handledBy) => {
    const arrived = await SCENES.get(name)?.(make());

    expect(carrierOf(arrived ?? [])).toBe(CARRIERS[handledBy]?.(transport));
  });

  test.each<[string, RequestOptions]>([
    ['proxy: false', { proxy: false }],
    ['maxBodyLength: -1', { maxBodyLength: -1 }],
    ['httpVersion: 1', { httpVersion: 1, http2Options: { sessionTimeout: 10 } }],
    ['allowedSocketPaths without socketPath', { allowedSocketPaths: ['/run/api.sock'] }],
  ])('%s leaves the request with the transport', async (_, options) => {
    const api = await service();

    await make().post(api.url, { data: 'x', ...options });

    expect(carrierOf(api.requests)).toBe(transport);
  });

  test("`transport` of axios sends the request to axios's adapter", async () => {
    const api = await service();
    const module = { request: jest.fn(node.request) };

    await make().axios.get(api.url, { transport: module, maxRedirects: 0 });

    expect(module.request).toHaveBeenCalledTimes(1);
    expect(carrierOf(api.requests)).toBe(AXIOS);
  });

  test('an `httpVersion` that there is not is refused', async () => {
    const api = await service();

    await expect(make().axios.get(api.url, { httpVersion: 3 as 2 })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    expect(api.requests).toEqual([]);
  });
});
