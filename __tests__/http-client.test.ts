import { HTTPClient, HTTPResponse } from '../src/index';
import { service } from './support/service';

test('asks for a token on every attempt', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  let issued = 0;
  const client = new HTTPClient({ token: () => `token-${++issued}`, retry: { base: 0.001 } });

  await client.get(api.url);

  expect(api.requests.map((r) => r.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
  '%s sends its method',
  async (verb) => {
    const api = await service([{ status: 201, json: { id: 1 } }]);
    const client = new HTTPClient();

    const response = await client[verb](`${api.url}/users`);

    expect(response).toBeInstanceOf(HTTPResponse);
    expect(response.status).toBe(201);
    expect(api.requests[0]).toMatchObject({ method: verb.toUpperCase(), url: '/users' });
  },
);
