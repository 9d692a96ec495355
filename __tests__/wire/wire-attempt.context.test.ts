import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { lookup } from 'node:dns';
import { Agent } from 'undici';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { service } from '../support/service';

const storage = new AsyncLocalStorage<string>();

/** A service that redirects each of two requests to another service, over a connection that is opened for it. */
async function redirecting(): Promise<string> {
  const targets = [await service(), await service()];
  const answers = targets.map(({ url }) => ({
    status: 302,
    headers: { Location: url.replace('127.0.0.1', 'localhost') },
  }));
  return (await service(answers)).url;
}

test('over undici, all that a redirect starts sees the async context of its call', async () => {
  const url = await redirecting();
  const seen: string[] = [];
  const note = (what: string): void => {
    seen.push(`${what} ${String(storage.getStore())}`);
  };
  const dispatcher = new Agent({
    connect: {
      lookup(host, options, done) {
        note('lookup');
        lookup(host, options, done as never);
      },
    },
  }).compose((dispatch) => (options, handler) => {
    note('interceptor');
    return dispatch(options, handler);
  });
  const onCreate = (): void => {
    note('subscriber');
  };
  subscribe('undici:request:create', onCreate);
  const client = new HTTPClient({ transport: undici({ dispatcher }) });

  await storage.run('first', async () => client.get(url));
  await storage.run('second', async () => client.get(url));

  unsubscribe('undici:request:create', onCreate);
  const ofCall = (name: string): string[] =>
    [...['interceptor', 'subscriber'], ...['interceptor', 'subscriber', 'lookup']].map((what) => `${what} ${name}`);
  expect(seen).toEqual([...ofCall('first'), ...ofCall('second')]);
  await dispatcher.close();
});

test('the lookup of a redirect over http sees the async context of its call', async () => {
  const url = await redirecting();
  const seen: unknown[] = [];
  const client = new HTTPClient({
    lookup: (host: string, options: object, done: () => void) => {
      seen.push(storage.getStore());
      lookup(host, options, done);
    },
  } as HTTPClientOptions);
  await storage.run('first', async () => client.get(url));
  await storage.run('second', async () => client.get(url));

  expect(seen).toEqual(['first', 'second']);
  client.close();
});
