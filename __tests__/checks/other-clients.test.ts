import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

describe('the name that an option has elsewhere', () => {
  test.each<[string, unknown, RegExp]>([
    ['body', { a: 1 }, /`data`|`json`/],
    ['form', { a: 1 }, /`data`/],
    ['query', { a: 1 }, /`params`/],
    ['qs', { a: 1 }, /`params`/],
    ['searchParams', { a: 1 }, /`params`/],
    ['verify', false, /`httpsAgent\b/],
    ['cert', 'x', /`httpsAgent\b/],
    ['files', { a: 'b' }, /FormData/],
    ['cookies', { a: '1' }, /Cookie/],
    ['stream', true, /`?responseType/],
    ['allow_redirects', false, /`maxRedirects/],
    ['proxies', { http: 'http://x' }, /`proxy`/],
    ['hooks', {}, /interceptors/],
    ['retries', 5, /`retryAttempts`/],
    ['maxRetries', 3, /`retryAttempts`/],
    ['url', 'http://elsewhere', /argument/],
    ['method', 'DELETE', /`?request/],
    ['retry', { base: 0 }, /HTTPClient|client/],
    ['maxResponseSize', 1, /`maxContentLength`|HTTPClient|client/],
    ['tokenHosts', ['a'], /HTTPClient|client/],
    ['trustEnv', true, /HTTPClient|client/],
    ['plugins', [], /HTTPClient|client/],
    ['transport', 'http', /HTTPClient|client/],
    ['axios-retry', { retries: 0 }, /`retryAttempts`/],
  ])('`%s` of a call is refused with the way to say it here', async (name, value, way) => {
    const api = await service();

    const call = new HTTPClient().post(api.url, { [name]: value });

    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining(`\`${name}\``) as string });
    expect(error).toMatchObject({ message: expect.stringMatching(way) as string });
    expect(api.requests).toEqual([]);
  });
});
