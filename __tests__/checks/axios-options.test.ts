import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

describe('an option of the wrong shape', () => {
  test.each<[string, string, unknown]>([
    ['auth', 'a list', ['u', 'p']],
    ['auth', 'a text', 'u:secret'],
    ['auth', 'requests with other names', { user: 'u', pass: 'secret' }],
    ['proxy', 'a URL', 'http://127.0.0.1:1'],
    ['signal', 'a controller', new AbortController()],
    ['params', 'a text', 'a=1'],
  ])('`%s` as %s is a TypeError that names it', async (name, _, value) => {
    const api = await service();

    const call = new HTTPClient().get(api.url, { [name]: value });

    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining(`\`${name}\``) as string });
    expect(String(error)).not.toContain('secret');
    expect(api.requests).toEqual([]);
  });

  test('`auth` without a password sends an empty one', async () => {
    const api = await service();

    await new HTTPClient().get(api.url, { auth: { username: 'u' } as never });

    expect(api.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:').toString('base64')}`);
  });

  test('a signal that is not of this realm is one all the same', async () => {
    const api = await service([{ delay: 2000 }]);
    const followers: (() => void)[] = [];
    const signal = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_: string, follower: () => void) => followers.push(follower),
      removeEventListener: () => undefined,
    };
    setTimeout(() => {
      signal.aborted = true;
      for (const follower of followers) follower();
    }, 20);

    const call = new HTTPClient().get(api.url, { signal: signal as never });

    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test.each([
    ['text', 'abc'],
    ['negative', -1],
    ['no number', Number.NaN],
  ] as const)('a `deadline` on client.axios that is %s is INVALID_OPTION', async (_, deadline) => {
    const api = await service();

    const call = new HTTPClient().axios.get(api.url, { deadline: deadline as number });

    await expect(call).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining('`deadline`') as string,
    });
    expect(api.requests).toEqual([]);
  });
});
