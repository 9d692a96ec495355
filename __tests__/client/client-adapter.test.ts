import { HTTPClient, type Transport } from '../../src/index';
import { httpTransport } from '../../src/transports/http';
import { service } from '../support/service';

type Facts = Partial<Pick<Transport, 'uncovered' | 'proxies'>>;

/** A transport of the user, which writes down the requests that it sends. */
function userTransport(sent: string[], facts: Facts): Transport {
  const http = httpTransport();
  return {
    name: 'mine',
    ...facts,
    dispatch(request, events) {
      sent.push(request.url.pathname);
      return http.dispatch(request, events);
    },
    close: () => {
      http.close();
    },
  };
}

test.each<[string, Facts, object, readonly string[]]>([
  ['a plain request', { uncovered: ['family'] }, {}, ['/users']],
  ['an option that the transport supports', { uncovered: ['lookup'] }, { family: 4 }, ['/users']],
  ['an option that it does not support', { uncovered: ['family'] }, { family: 4 }, []],
  ["an option that only axios's own adapter has", {}, { onDownloadProgress: () => undefined }, []],
])('%s goes through the transport of the client, or around it', async (_, facts, options, expected) => {
  const api = await service();
  const sent: string[] = [];
  const client = new HTTPClient({ transport: userTransport(sent, facts) });

  await client.get(`${api.url}/users`, options);

  expect(sent).toEqual(expected);
  expect(api.requests).toHaveLength(1);
});

test('close() closes the idle connections of both transports', async () => {
  const api = await service();
  const client = new HTTPClient({ transport: userTransport([], { uncovered: ['family'] }) });
  await Promise.all([client.get(api.url), client.get(api.url, { family: 4 })]);
  expect(await api.connections()).toBe(2);

  client.close();

  for (let turn = 0; turn < 1000 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);
  expect(await api.connections()).toBe(0);
});
