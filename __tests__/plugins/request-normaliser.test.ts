import { HTTPClient, InvalidRequest } from '../../src/index';
import { service } from '../support/service';

test('a URL that cannot be requested is refused before a token is asked for', async () => {
  const getToken = jest.fn(() => 'token');

  const call = new HTTPClient({ token: getToken }).get('/users');

  await expect(call).rejects.toBeInstanceOf(InvalidRequest);
  await expect(call).rejects.toMatchObject({ code: 'INVALID_URL', sent: 'no', attempts: [] });
  expect(getToken).not.toHaveBeenCalled();
});

test.each([-1, NaN, Infinity, 2 ** 31, '5000', null])(
  'a timeout of %p ms on client.axios is refused',
  async (timeout) => {
    const api = await service();

    const call = new HTTPClient().axios.get(api.url, { timeout: timeout as number });

    await expect(call).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining('`timeout`') as string,
    });
    expect(api.requests).toHaveLength(0);
  },
);

test.each([-1, 1.5, 11, NaN, '2', null])('retryAttempts of %p on client.axios is refused', async (retryAttempts) => {
  const api = await service();

  const call = new HTTPClient().axios.get(api.url, { retryAttempts: retryAttempts as number });

  await expect(call).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('`retryAttempts`') as string,
  });
  expect(api.requests).toHaveLength(0);
});

test('an axios timeout is in milliseconds, and 0 is none', async () => {
  const api = await service([{ delay: 20 }]);
  const client = new HTTPClient({ timeout: 0.005, retryAttempts: 0 });

  await expect(client.axios.get(api.url, { timeout: 5 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  expect((await client.axios.get(api.url, { timeout: 0 })).status).toBe(200);
});

test.each(['klingon', '', 8])('a responseEncoding of %p is refused', async (responseEncoding) => {
  const api = await service();
  const options = { responseEncoding: responseEncoding as string };
  const client = new HTTPClient();

  await expect(client.axios.get(api.url, options)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  await expect(client.get(api.url, options)).rejects.toThrow('Option `responseEncoding` must be an encoding of Buffer');
  expect(() => new HTTPClient(options)).toThrow(TypeError);
  expect(api.requests).toHaveLength(0);
});
