import { HTTPClient, observe, type HTTPClientOptions } from '../../src/index';
import { service, type Answer } from '../support/service';

/** What a client shows of the end of a GET. */
async function endOf(answers: readonly Answer[], options: HTTPClientOptions = {}): Promise<object> {
  const api = await service(answers);
  const client = new HTTPClient({ baseURL: api.url, retry: { base: 0 }, ...options });
  const ends: object[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      if (call.clientId !== client.id) return;
      const { failure, origin = '' } = call;
      ends.push({ failure: failure?.code, origin: origin === api.url });
    },
  });
  await client.get('/users').catch(() => undefined);
  stop();
  client.close();
  return ends.length === 1 ? { ...ends[0] } : ends;
}

const fallback: HTTPClientOptions = {
  plugins: [
    {
      name: 'fallback',
      ring: 'call',
      install(http) {
        http.interceptors.response.use(undefined, () => ({ status: 200, data: 'old', headers: {}, config: {} }));
      },
    },
  ],
};
/** Fails before the first attempt. */
const invalid: HTTPClientOptions = {
  plugins: [
    {
      name: 'invalid',
      ring: 'call',
      install(http) {
        http.interceptors.request.use(() => {
          throw new Error('a mistake');
        });
      },
    },
  ],
};
const withoutToken = (): never => {
  throw new Error('the issuer is away');
};

test.each<[string, readonly Answer[], HTTPClientOptions, object]>([
  ['a success', [{}], {}, { failure: undefined, origin: true }],
  ['a success after a retry', [{ status: 503 }, {}], {}, { failure: undefined, origin: true }],
  ['a 404', [{ status: 404 }], {}, { failure: 'CLIENT_ERROR', origin: true }],
  [
    'a 500 behind a fallback',
    [{ status: 500 }],
    { retryAttempts: 0, ...fallback },
    { failure: 'SERVER_ERROR', origin: true },
  ],
  [
    'no token, behind a fallback',
    [],
    { token: withoutToken, ...fallback },
    { failure: 'TOKEN_UNAVAILABLE', origin: true },
  ],
  [
    'a deadline that leaves no time for a retry',
    [{ status: 503 }],
    { deadline: 5, retry: { base: 60, cap: 60 } },
    { failure: 'DEADLINE_EXCEEDED', origin: true },
  ],
  ['an interceptor that fails', [], invalid, { failure: undefined, origin: false }],
])('the end of %s shows how the attempts failed, and where they went', async (_, answers, options, expected) => {
  expect(await endOf(answers, options)).toEqual(expected);
});
