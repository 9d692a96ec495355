import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { HTTPClient, runInContext } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { keepOneTraceparent } from '../../src/transports/one-traceparent';
import { service } from '../support/service';

const CREATED = 'undici:request:create';
const inherited = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, tracestate: 'v=1', baggage: 'a=1' };
const added = { traceparent: `00-${'1'.repeat(32)}-${'3'.repeat(16)}-01`, tracestate: 'v=2', baggage: 'a=2' };

/** Appends headers to each request, as an instrumentation does. */
function appending(headers: object) {
  return (message: unknown): void => {
    const { request } = message as { request: { addHeader(name: string, value: string): void } };
    for (const [name, value] of Object.entries(headers)) request.addHeader(name, String(value));
  };
}

/** All values of the trace headers, in the order in which they came. */
function traceOf({ raw }: { readonly raw: readonly string[] }): string[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase() in inherited ? `${name.toLowerCase()}: ${String(raw[index + 1])}` : [],
  );
}

async function rawService() {
  const requests: { raw: readonly string[] }[] = [];
  const api = await service([
    {
      handle(request, response) {
        requests.push({ raw: request.rawHeaders });
        response.end();
      },
    },
  ]);
  return { url: api.url, requests };
}

const lines = (headers: object): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);

const instrumentation = appending(added);
afterEach(() => {
  unsubscribe(CREATED, instrumentation);
});

test.each(['before', 'after'])(
  'an instrumentation that began %s keeps its headers, and no others go out',
  async (when) => {
    const { url, requests } = await rawService();
    const client = new HTTPClient({ transport: undici() });
    if (when === 'after') keepOneTraceparent();
    subscribe(CREATED, instrumentation);

    await runInContext(inherited, async () => client.get(url));

    expect(requests.map(traceOf)).toEqual([lines(added)]);
    client.close();
  },
);

test.each([
  ['a traceparent alone', { traceparent: added.traceparent }, ['baggage: a=1', `traceparent: ${added.traceparent}`]],
  ['no traceparent', { baggage: 'b=3' }, [...lines(inherited), 'baggage: b=3']],
])('of an instrumentation that adds %s', async (_, headers, expected) => {
  const { url, requests } = await rawService();
  const client = new HTTPClient({ transport: undici() });
  const listener = appending(headers);
  subscribe(CREATED, listener);

  await runInContext(inherited, async () => client.get(url)).finally(() => unsubscribe(CREATED, listener));

  expect(requests.map(traceOf)[0]?.sort()).toEqual([...expected].sort());
  client.close();
});

test("Node's fetch has one traceparent too", async () => {
  const { url, requests } = await rawService();
  const client = new HTTPClient({ adapter: 'fetch' });
  subscribe(CREATED, instrumentation);

  await runInContext(inherited, async () => client.get(url));

  expect(requests.map(traceOf)).toEqual([lines(added)]);
});
