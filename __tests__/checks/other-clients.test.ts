import { HTTPClient } from '../../src/index';
import { AXIOS_OPTIONS, CLIENT_OPTIONS, JSON_OPTIONS, REQUEST_OPTIONS } from '../../src/client/options/option-names';
import { OPTIONS_OF_OTHER_CLIENTS } from '../support/options-of-other-clients';
import { service } from '../support/service';

const OF_CALL = new Set<string>([...REQUEST_OPTIONS, ...JSON_OPTIONS, ...AXIOS_OPTIONS]);
const OF_CLIENT = new Set<string>([...CLIENT_OPTIONS, ...AXIOS_OPTIONS]);

/** A value that is wrong for each option that has a meaning here. */
const VALUE = Symbol('a value');

async function refusalOfCall(name: string): Promise<string> {
  const call = new HTTPClient({ token: null }).get('http://127.0.0.1:9', { [name]: VALUE });
  return call.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof TypeError ? error.message : String(error)),
  );
}

function refusalOfClient(name: string): string {
  try {
    new HTTPClient({ [name]: VALUE });
    return 'no refusal';
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error);
  }
}

describe.each(Object.entries(OPTIONS_OF_OTHER_CLIENTS))('the options of %s', (_, text) => {
  const names = [...new Set(text.trim().split(/\s+/))];
  const advice = (name: string): RegExp =>
    new RegExp(`^Unknown option \`${name}\`(: .+|\\. Did you mean \`.+\`\\?( It is an option of .+)?)$`);

  test('have the same meaning in a call, or are refused with their counterpart', async () => {
    const wrong: string[] = [];
    for (const name of names.filter((one) => !OF_CALL.has(one))) {
      const refusal = await refusalOfCall(name);
      if (!advice(name).test(refusal)) wrong.push(`${name}: ${refusal}`);
    }

    expect(wrong).toEqual([]);
    expect(names.length).toBeGreaterThan(6);
  });

  test('and so in a client', () => {
    const strangers = names.filter((name) => !OF_CLIENT.has(name));

    expect(strangers.filter((name) => !advice(name).test(refusalOfClient(name)))).toEqual([]);
  });
});

describe('the name that an option has elsewhere', () => {
  test.each<[string, unknown, string]>([
    ['body', { a: 1 }, 'use `json` or `data`'],
    ['form', { a: 1 }, 'use `data` with a plain object'],
    ['searchParams', { a: 1 }, 'use `params`'],
    ['search_params', { a: 1 }, 'use `params`'],
    ['pathVariables', { a: 1 }, 'use `pathParams` of a call'],
    ['verify', false, 'use `httpsAgent: new https.Agent({ ca })`; to accept any certificate, `{ rejectUnauthorized: false }`'],
    ['rejectUnauthorized', false, 'use `httpsAgent: new https.Agent({ rejectUnauthorized })`'],
    ['ca', 'x', 'use `httpsAgent: new https.Agent({ ca })`'],
    ['agent', {}, 'use `httpAgent` and `httpsAgent`'],
    ['maxSockets', 5, 'use `httpAgent: new http.Agent({ maxSockets })`, and `httpsAgent` for https'],
    ['dispatcher', {}, 'use `transport: undici({ dispatcher })` of the client'],
    ['pipelining', 5, 'use `transport: undici({ dispatcher: new Agent({ pipelining }) })` of the client'],
    ['bearer', 'x', 'use `token`'],
    ['redirect', 'manual', "use `redirects: 'follow'`, `'same-origin'` or `'error'`; `maxRedirects: 0` returns the 3xx"],
    ['files', { a: 'b' }, 'use `data: new FormData()`'],
    ['cookies', { a: '1' }, 'use `headers: { Cookie: … }`, or axios-cookiejar-support'],
    ['stream', true, "use `responseType: 'stream'`"],
    ['allow_redirects', false, 'use `maxRedirects`; 0 follows none'],
    ['hooks', {}, 'use interceptors on `client.axios`'],
    ['retries', 5, 'use `retryAttempts`'],
    ['axios-retry', { retries: 0 }, 'use `retryAttempts`'],
    ['cache', 'no-store', "use `headers: { 'Cache-Control': … }`, or axios-cache-interceptor"],
    ['cache', new Map(), "use `headers: { 'Cache-Control': … }`, or axios-cache-interceptor"],
    ['jar', true, 'use axios-cookiejar-support on `client.axios`'],
    ['url', 'http://elsewhere', 'the URL is the first argument of a call'],
    ['method', 'DELETE', 'use `client.request(method, url)`'],
    ['call', {}, 'to send a config again, use `client.axios.request(config)`'],
    ['maxResponseSize', 1, 'it is an option of the client; for one call use `maxContentLength`'],
    ['tokenHosts', ['a'], 'it is an option of the client'],
    ['trustEnv', true, 'it is an option of the client; for one call use `proxy`'],
    ['context', {}, 'for interceptors, list `context` in `extraOptions` of the client; otherwise use a variable'],
    ['opaque', {}, 'for interceptors, list `opaque` in `extraOptions` of the client; otherwise use a variable'],
    ['verify_ssl', false, 'use `httpsAgent: new https.Agent({ rejectUnauthorized })`'],
    ['httpProxy', 'http://proxy', 'use `proxy: { protocol, host, port }`'],
    ['requestContext', false, 'it is an option of the client; use another client for third-party APIs'],
  ])('`%s` of a call is refused with the way to say it here', async (name, value, way) => {
    const api = await service();

    const call = new HTTPClient().get(api.url, { [name]: value });

    await expect(call).rejects.toEqual(new TypeError(`Unknown option \`${name}\`: ${way}`));
    expect(api.requests).toEqual([]);
  }); // prettier-ignore

  test.each([
    ['trust_env', 'Did you mean `trustEnv`? It is an option of the client; for one call use `proxy`'],
    ['token_hosts', 'Did you mean `tokenHosts`? It is an option of the client'],
    ['retry_attempts', 'Did you mean `retryAttempts`?'],
    ['path_params', 'Did you mean `pathParams`?'],
    ['pathParam', 'Did you mean `pathParams`?'],
  ])('`%s` is an option in another spelling', async (name, way) => {
    const call = new HTTPClient().get('http://127.0.0.1:9', { [name]: 1 });

    await expect(call).rejects.toEqual(new TypeError(`Unknown option \`${name}\`. ${way}`));
  });

  test('an option of a call is not one of the client, in any spelling', () => {
    expect(() => new HTTPClient({ JSON: 1 } as never)).toThrow('Did you mean `json`? It is an option of a call');
    expect(() => new HTTPClient({ signal: 1 } as never)).toThrow('Unknown option `signal`: it is an option of a call');
  });

  test.each([
    ['limit', 'use `retryAttempts`, beside `retry`'],
    ['backoffLimit', 'use `cap`, in seconds'],
    ['methods', "use `unsafeMethods`: 'always', 'when-not-sent' or 'never'"],
  ])('`%s` of `retry` as well', (name, way) => {
    expect(() => new HTTPClient({ retry: { [name]: 1 } })).toThrow(
      new TypeError(`Unknown \`retry\` option \`${name}\`: ${way}`),
    );
  });
});
