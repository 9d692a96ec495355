import { HTTPClient } from '../../src/index';
import { lostClient } from '../../src/client/lost-client';
import { service } from '../support/service';

const client = new HTTPClient({ token: null });
const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'getJson', 'postJson', 'putJson', 'patchJson'] as const; // prettier-ignore

type Methods = Record<string, (...given: unknown[]) => unknown>;

test.each(VERBS)('%s, taken off its client, rejects and says how to write it', async (verb) => {
  const urls = ['http://users/1', 'http://users/2'];
  const { [verb]: taken } = client as unknown as Methods;
  const advice = `client.${verb}(url), and urls.map((url) => client.${verb}(url)) for a list`;
  const refusal = new TypeError(`${verb} was called without its client: write ${advice}`);

  await expect(taken?.(urls[0])).rejects.toEqual(refusal);
  await expect(Promise.all(urls.map(taken as never))).rejects.toEqual(refusal);
  await expect(({ load: taken } as Methods)['load']?.(urls[0])).rejects.toEqual(refusal);
});

test('request, use and close as well', async () => {
  const { request, use, close } = client as unknown as Methods;

  await expect(request?.('GET', 'http://users')).rejects.toEqual(lostClient('request'));
  expect(() => use?.({})).toThrow(lostClient('use'));
  expect(() => close?.()).toThrow(lostClient('close'));
  expect(() => close?.call(process)).toThrow('close was called without its client: write () => client.close()');
});

test('a bound method in a map is told of the index that it was given', async () => {
  const call = ['http://users'].map(client.get.bind(client) as never)[0];

  await expect(call).rejects.toEqual(
    new TypeError('Options must be an object, got 0: in a map, write (url) => client.get(url)'),
  );
});

test('a subclass that has another `request` gets all calls', async () => {
  const api = await service();
  class Users extends HTTPClient {
    override request<T>(method: string, url: string): ReturnType<typeof HTTPClient.prototype.request<T>> {
      return super.request<T>(method, `${url}/users`);
    }
  }

  await new Users({ token: null }).get(api.url);

  expect(api.requests[0]?.url).toBe('/users');
});
