import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import axios from 'axios';
import { HTTPClient } from '../../src/index';
import { rawService } from '../support/raw-service';
import { exceptionOf } from '../support/outcome';
import { service } from '../support/service';

const SECRET = 'secret-of-another-client';
const UNKNOWN = 'http://service.invalid/';

/** What another client, which sends a secret, rejects with. */
async function foreignError(): Promise<Error> {
  const headers = { Authorization: `Bearer ${SECRET}` };
  return axios.get('http://127.0.0.1:1/', { headers, proxy: false }).then(
    () => new Error('somebody listens at port 1'),
    (thrown: unknown) => thrown as Error,
  );
}

function printingsOf(value: object): string[] {
  return [
    inspect(value),
    inspect(value, { depth: Infinity }),
    inspect(value, { showHidden: true, depth: Infinity }),
    inspect(value, { showHidden: true, depth: Infinity, customInspect: false }),
    inspect({ ...value }, { showHidden: true, depth: Infinity }),
    inspect(structuredClone<object>(value), { showHidden: true, depth: Infinity }),
    JSON.stringify(value),
    JSON.stringify({ ...value }),
    String((value as Error).stack),
  ];
}

describe('the error of another client', () => {
  const shapes: Record<string, (foreign: Error) => Error> = {
    itself: (foreign) => foreign,
    'as a cause': (cause) => new Error('outer', { cause }),
    'as the cause of a cause': (cause) => new Error('outer', { cause: new Error('middle', { cause }) }),
    'among several': (foreign) => new AggregateError([new Error('one'), foreign], 'all failed'),
    'as a property': (originalError) => Object.assign(new Error('outer'), { originalError }),
    'as a property of a cause': (original) =>
      new Error('outer', { cause: Object.assign(new Error('x'), { original }) }),
    'in a plain object': (inner) => Object.assign(new Error('outer'), { details: { list: [inner] } }),
  };
  const client = new HTTPClient({ retryAttempts: 0, token: null });
  const places: Record<string, (error: Error, url: string) => Promise<unknown>> = {
    'a body stream': async (error, url) =>
      client.post(url, {
        data: new Readable({
          read() {
            this.destroy(error);
          },
        }),
      }),
    'a body function': async (error, url) =>
      client.post(url, {
        data: () => {
          throw error;
        },
      }),
    'a toJSON': async (error, url) =>
      client.post(url, {
        json: {
          toJSON: () => {
            throw error;
          },
        },
      }),
    'the reason of a signal': async (error, url) => client.get(url, { signal: AbortSignal.abort(error) }),
    'a lookup': async (error) =>
      client.get(UNKNOWN, {
        lookup: ((_host: string, _options: object, done: (error: Error) => void) => {
          done(error);
        }) as never,
      }),
    'an adapter': async (error, url) => client.get(url, { adapter: async () => Promise.reject(error) }),
    'a token source': async (error, url) =>
      new HTTPClient({ retryAttempts: 0, token: async () => Promise.reject(error) }).get(url),
    'a token source that is synchronous': async (error, url) =>
      new HTTPClient({
        retryAttempts: 0,
        token: {
          getToken: () => {
            throw error;
          },
        },
      }).get(url),
    'a validateStatus': async (error, url) =>
      client.get(url, {
        validateStatus: () => {
          throw error;
        },
      }),
    'an interceptor': async (error, url) => {
      const intercepted = new HTTPClient({ retryAttempts: 0, token: null });
      intercepted.axios.interceptors.request.use(async () => Promise.reject(error));
      return intercepted.get(url);
    },
  };

  test.each(Object.entries(places))('from %s shows its secret in no printing', async (_, callWith) => {
    const api = await service();
    const leaks: string[] = [];

    for (const [shape, wrap] of Object.entries(shapes)) {
      const foreign = await foreignError();
      expect(inspect(foreign)).toContain(SECRET);
      const thrown = wrap(foreign);

      const error = await exceptionOf(async () => callWith(thrown, api.url));

      const links = [error, error.cause].filter((link): link is Error => link instanceof Object);
      if (links.flatMap(printingsOf).some((printing) => printing.includes(SECRET))) leaks.push(shape);
      // The error is the caller's, who may want to look at it.
      expect(inspect(foreign)).toContain(SECRET);
    }

    expect(leaks).toEqual([]);
  });
});

describe("the caller's own error", () => {
  const own = (): Error & { data: string } =>
    Object.assign(new Error('own'), { data: 'kept', cert: 'kept', rawPacket: 'kept' });

  test('of a lookup is not changed', async () => {
    const error = own();
    const lookup = (_host: string, _options: object, done: (error: Error) => void): void => {
      done(error);
    };

    await exceptionOf(async () => new HTTPClient({ retryAttempts: 0 }).get(UNKNOWN, { lookup: lookup as never }));

    expect(error).toMatchObject({ data: 'kept', cert: 'kept', rawPacket: 'kept' });
  });

  test('of a body stream is not changed', async () => {
    const api = await service();
    const error = own();

    await exceptionOf(async () =>
      new HTTPClient().post(api.url, {
        data: new Readable({
          read() {
            this.destroy(error);
          },
        }),
      }),
    );

    expect(error).toMatchObject({ data: 'kept', cert: 'kept', rawPacket: 'kept' });
  });
});

describe('a reason phrase that repeats the token', () => {
  const answer = async (status: number): Promise<string> => {
    const raw = await rawService((socket) => {
      socket.end(`HTTP/1.1 ${status} bad token ${SECRET}\r\nContent-Length: 0\r\n\r\n`);
    });
    return raw.url;
  };

  test('shows it in no printing of an error', async () => {
    const url = await answer(401);

    const error = await exceptionOf(async () => new HTTPClient().get(url, { token: SECRET }));

    expect(error).toMatchObject({ code: 'CLIENT_ERROR', status: 401 });
    expect(printingsOf(error).filter((printing) => printing.includes(SECRET))).toEqual([]);
  });

  test('shows it in no printing of a response', async () => {
    const url = await answer(200);

    const response = await new HTTPClient().get(url, { token: SECRET });

    const printings = [inspect(response, { showHidden: true, depth: Infinity }), JSON.stringify(response)];
    expect(printings.filter((printing) => printing.includes(SECRET))).toEqual([]);
  });
});
