import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { exceptionOf } from '../support/outcome';
import { service } from '../support/service';

const UNKNOWN = 'http://service.invalid/';

describe('an error that is none', () => {
  const client = new HTTPClient({ retryAttempts: 0, timeout: 1 });

  test('of a lookup ends the call', async () => {
    const lookup = (_host: string, _options: object, done: (error: unknown) => void): void => {
      done('nope');
    };

    const error = await exceptionOf(async () => client.get(UNKNOWN, { lookup: lookup as never }));

    expect(error).toMatchObject({ code: 'CONNECTION_FAILED', message: expect.stringContaining('nope') as string });
  });

  test('of an agent ends the call', async () => {
    const httpAgent = new http.Agent();
    Object.assign(httpAgent, {
      createConnection: (_options: object, done: (error: unknown) => void) => void setTimeout(done, 1, 'nope'),
    });

    const error = await exceptionOf(async () => client.get('http://127.0.0.1:1/', { httpAgent }));

    expect(error).toMatchObject({ code: 'CONNECTION_FAILED', message: expect.stringContaining('nope') as string });
  });

  const odd: Record<string, unknown> = {
    'an object without a prototype': Object.create(null) as unknown,
    'an object that will not be text': {
      toString: () => {
        throw new Error('no words');
      },
    },
    'a symbol': Symbol('odd'),
    undefined: undefined,
  };

  test.each(Object.entries(odd))('%s, thrown by a response interceptor, is a RequestException', async (_, thrown) => {
    const api = await service();
    const intercepted = new HTTPClient();
    intercepted.axios.interceptors.response.use(() => {
      throw thrown as Error;
    });

    await exceptionOf(async () => intercepted.get(api.url));
  });

  test.each(Object.entries(odd))('%s, thrown by a request interceptor, is a RequestException', async (_, thrown) => {
    const intercepted = new HTTPClient();
    intercepted.axios.interceptors.request.use(() => {
      throw thrown as Error;
    });

    await exceptionOf(async () => intercepted.get('http://127.0.0.1:1/'));
  });

  test.each(Object.entries(odd))('%s, thrown by an attempt plugin, is a RequestException', async (_, thrown) => {
    const throwing = {
      request: () => {
        throw thrown as Error;
      },
    };
    const plugged = new HTTPClient({
      plugins: [{ name: 'odd', ring: 'attempt', install: (h) => void h.interceptors.request.use(throwing.request) }],
    });

    await exceptionOf(async () => plugged.get('http://127.0.0.1:1/'));
  });

  test.each(Object.entries(odd))('%s, thrown by an adapter, is a RequestException', async (_, thrown) => {
    const adapter = async (): Promise<never> => {
      await delay(1);
      throw thrown as Error;
    };

    await exceptionOf(async () => client.get('http://127.0.0.1:1/', { adapter }));
  });
});

describe("an error's code that names a method of every object", () => {
  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])('%s is no code of ours', async (code) => {
    const api = await service();
    const client = new HTTPClient({ retryAttempts: 0, timeout: 1 });
    const make = (): Error => Object.assign(new Error('odd'), { code });
    const lookup = (_host: string, _options: object, done: (error: Error) => void): void => {
      done(make());
    };
    const intercepted = new HTTPClient();
    intercepted.axios.interceptors.response.use(() => {
      throw make();
    });

    expect(await exceptionOf(async () => client.get(UNKNOWN, { lookup: lookup as never }))).toMatchObject({
      code: 'CONNECTION_FAILED',
    });
    expect(
      await exceptionOf(async () => client.get(api.url, { adapter: async () => Promise.reject(make()) })),
    ).toMatchObject({ code: 'REQUEST_FAILED' });
    expect(await exceptionOf(async () => intercepted.get(api.url))).toMatchObject({ code: 'INTERCEPTOR_FAILED' });
  });
});
