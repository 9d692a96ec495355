import axios from 'axios';
import { createAuthRefresh } from 'axios-auth-refresh';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { EventLog } from '../support/event-log';
import { testOfLeanCore } from '../support/lean-only';
import { service, type Answer } from '../support/service';

// Tests of our core: axios's own tells the outcome only, and not which request it belongs to.

const SENT = ['call', 'attempt 1', 'request 0', 'headers 200', 'request end 200', 'attempt end 200 done'];
const RESENT = ['attempt 2', 'request 1 replay interceptor', 'headers 200', 'request end 200', 'attempt end 200 done'];

/** What is published of `client.get`. */
async function storyOf(
  prepare: (client: HTTPClient) => void,
  answers: readonly Answer[] = [{}],
  options: HTTPClientOptions = {},
): Promise<readonly string[]> {
  const api = await service(answers);
  const client = new HTTPClient({ ...options, retry: { base: 0.001, ...options.retry } });
  prepare(client);
  const log = new EventLog();
  await client.get(api.url).catch(() => undefined);
  return log.story;
}

function broken(): never {
  throw new Error('a bug');
}

describe('an interceptor of client.axios', () => {
  test('throws before the request', async () => {
    const story = await storyOf(({ axios: { interceptors } }) => interceptors.request.use(broken));

    expect(story).toEqual(['call', 'call end INTERCEPTOR_FAILED']);
  });

  test('throws after the response', async () => {
    const story = await storyOf(({ axios: { interceptors } }) => interceptors.response.use(broken));

    expect(story).toEqual([...SENT, 'call end INTERCEPTOR_FAILED']);
  });

  test('unwraps the response, whose body has a status, too', async () => {
    const unwrap = ({ axios: { interceptors } }: HTTPClient): unknown =>
      interceptors.response.use((r) => r.data as never);

    expect(await storyOf(unwrap, [{ json: { status: 7, headers: 5 } }])).toEqual([...SENT, 'call end 200']);
    expect(await storyOf(unwrap, [{ status: 204 }])).toContain('call end 204');
  });

  test('recovers from a failure', async () => {
    const story = await storyOf(
      ({ axios: { interceptors } }) => {
        interceptors.response.use(undefined, () => ({ status: 200, headers: {}, config: {}, data: 1 }) as never);
      },
      [{ status: 404 }],
    );

    expect(story.slice(-2)).toEqual(['attempt end 404 fail not-retryable', 'call end 200']);
  });

  testOfLeanCore('responds without sending, with a response of another call', async () => {
    const api = await service([{}]);
    const client = new HTTPClient();
    const kept = await client.axios.get(api.url);
    client.axios.interceptors.request.use((config) => {
      config.adapter = () => Promise.resolve(kept);
      return config;
    });
    const log = new EventLog();

    await client.get(api.url);

    expect(log.story).toEqual([...SENT, 'call end 200']);
    expect(log.entries[2]?.request?.transport).toBe('adapter');
  });

  test('sends the config again while the caller waits: one call', async () => {
    const resend = ({ axios: instance }: HTTPClient): void => {
      instance.interceptors.response.use(undefined, (error: { config: object }) => instance.request(error.config));
    };
    const refresh = ({ axios: instance }: HTTPClient): void => {
      createAuthRefresh(instance, () => Promise.resolve());
    };
    const refused = [
      'call',
      'attempt 1',
      'request 0',
      'headers 401',
      'request end 401',
      'attempt end 401 fail not-retryable',
    ];

    for (const again of [resend, refresh]) {
      expect(await storyOf(again, [{ status: 401 }, {}])).toEqual([...refused, ...RESENT, 'call end 200']);
    }
  });

  test('sends the config of a call of client.axios again: two calls', async () => {
    const api = await service([{ status: 401 }, {}]);
    const { axios: instance } = new HTTPClient();
    createAuthRefresh(instance, () => Promise.resolve());
    const log = new EventLog();

    await instance.get(api.url);

    expect(log.stories.map((story) => story.at(-1))).toEqual(['call end CLIENT_ERROR', 'call end 200']);
  });

  testOfLeanCore('makes another config: one call', async () => {
    const replace = ({ axios: { interceptors } }: HTTPClient): unknown =>
      interceptors.request.use(({ url, method, headers }) => ({ url, method, headers }) as never);

    expect(await storyOf(replace)).toEqual([...SENT, 'call end 200']);
    expect(
      await storyOf((client) => {
        replace(client);
        client.axios.interceptors.response.use(broken);
      }),
    ).toEqual([...SENT, 'call end INTERCEPTOR_FAILED']);
  });
});

describe.each(['call', 'attempt'] as const)('a plugin of the %s ring', (ring) => {
  const plugin = (onRequest: (config: never) => unknown, onResponse?: () => never): Plugin => ({
    name: 'mine',
    ring,
    install(http) {
      http.interceptors.request.use(onRequest as never);
      if (onResponse) http.interceptors.response.use(onResponse);
    },
  });

  test('throws', async () => {
    const before = await storyOf(() => undefined, [{}], { plugins: [plugin(broken)] });
    const after = await storyOf(() => undefined, [{}], { plugins: [plugin((config) => config, broken)] });

    expect(before).toEqual(['call', 'call end INTERCEPTOR_FAILED']);
    expect(after).toEqual([...SENT, 'call end INTERCEPTOR_FAILED']);
  });

  testOfLeanCore('makes another config: one call', async () => {
    const replace = plugin(({ url, method, headers }: Record<string, unknown>) => ({ url, method, headers }));

    expect(await storyOf(() => undefined, [{}], { plugins: [replace] })).toEqual([...SENT, 'call end 200']);
  });
});

test('a plugin of the attempt ring sends the config again: an attempt ends before the next one starts', async () => {
  const again: Plugin = {
    name: 'again',
    ring: 'attempt',
    install(http) {
      http.interceptors.response.use(undefined, (error: { config: object }) => http.request(error.config));
    },
  };

  const story = await storyOf(() => undefined, [{ status: 401 }, {}], { plugins: [again] });

  const refused = ['call', 'attempt 1', 'request 0', 'headers 401', 'request end 401', 'attempt end 401'];
  expect(story).toEqual([...refused, ...RESENT, 'call end 200']);
});

testOfLeanCore('a transform that throws ends its attempt, in a call of client.axios, too', async () => {
  const api = await service([{}]);
  const client = new HTTPClient();
  const log = new EventLog();

  await client.get(api.url, { transformResponse: broken }).catch(() => undefined);
  await client.axios.get(api.url, { transformResponse: broken }).catch(() => undefined);

  const story = [...SENT.slice(0, 5), 'attempt end INTERCEPTOR_FAILED fail', 'call end INTERCEPTOR_FAILED'];
  expect(log.stories).toEqual([story, story]);
});

test.each(['when', 'onRetry'] as const)('a hook `%s` that throws changes nothing', async (name) => {
  const story = await storyOf(() => undefined, [{ status: 503 }, {}], { retry: { [name]: broken } });

  expect(story.filter((line) => /^(attempt|call) end/.test(line))).toEqual([
    ...['attempt end 503 retry SERVER_ERROR', 'attempt end 200 done', 'call end 200'],
  ]);
});

test('a subclass that sends twice makes two calls, and so does a client for its token', async () => {
  const api = await service();
  class Doubled extends HTTPClient {
    override async get<T>(url: string): ReturnType<typeof HTTPClient.prototype.get<T>> {
      await super.get(url);
      return super.get<T>(url);
    }
  }
  const log = new EventLog();

  await new Doubled().get(api.url);
  await axios.get(api.url);

  expect(log.stories).toEqual([
    [...SENT, 'call end 200'],
    [...SENT, 'call end 200'],
  ]);
});
