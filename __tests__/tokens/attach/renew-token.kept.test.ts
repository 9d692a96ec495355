import { HTTPClient, type HTTPError, type TokenSource } from '../../../src/index';
import { failure } from '../../support/outcome';
import { service, type Answer, type Received } from '../../support/service';

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function makeClient(token: TokenSource): HTTPClient {
  const client = new HTTPClient({ token, retry: { base: 0.001 } });
  clients.push(client);
  return client;
}

describe('a service that rejects renewed tokens too', () => {
  let time = 0;

  beforeEach(() => {
    time = 0;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + time * 1000);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test.each([
    ['alone', 1],
    ['with another one behind 40 s', 2],
  ])('accepts one once it is old enough, if its clock is 40 s behind and it uses the source %s', async (_, count) => {
    let issued = 0;
    let current = '';
    const issue = (): void => void (current = `${++issued}-${time}`);
    issue();
    const token: TokenSource = {
      getToken: () => current,
      invalidate: (old) => {
        if (old === current) issue();
      },
    };
    const behind = (request: Received): Answer => {
      const issuedAt = Number(request.headers.authorization?.split('-')[1]);
      return { status: time - issuedAt < 40 ? 401 : 200 };
    };
    const apis = await Promise.all(Array.from({ length: count }, async () => service(behind)));
    const client = makeClient(token);
    const statuses: number[] = [];
    const ask = async (url: string): Promise<number> =>
      client.get(url).then(
        ({ status }) => status,
        (error: unknown) => (error as HTTPError).status,
      );

    for (time = 0; time <= 50; time += 10) for (const { url } of apis) statuses.push(await ask(url));

    const expected = [401, 401, 401, 401, 200, 200];
    expect(statuses).toEqual(expected.flatMap((status) => Array<number>(count).fill(status)));
    expect(issued).toBe(2);
  });

  /** A token per path, as that of a user is. */
  function perUser(): TokenSource & { readonly refused: string[] } {
    const refused: string[] = [];
    const numbers = new Map<string, number>();
    return {
      refused,
      getToken: ({ url }) => `${new URL(url).pathname}-${numbers.get(new URL(url).pathname) ?? 1}`,
      invalidate(token) {
        refused.push(token);
        const [path = '', number] = token.split('-');
        numbers.set(path, Number(number) + 1);
      },
    };
  }

  test('to one user renews the token of another', async () => {
    const token = perUser();
    const api = await service(({ headers: { authorization = '' } }) => ({
      status: authorization.includes('/ada') || authorization === 'Bearer /bob-1' ? 401 : 200,
    }));
    const client = makeClient(token);

    await failure(client.get(`${api.url}/ada`));
    await failure(client.get(`${api.url}/ada`));
    const { status } = await client.get(`${api.url}/bob`);

    expect(status).toBe(200);
    expect(token.refused).toEqual(['/ada-1', '/bob-1']);
  });

  test('to many users renews the tokens of others', async () => {
    const token = perUser();
    const api = await service(({ headers: { authorization = '' } }) => ({
      status: authorization === 'Bearer /bob-2' ? 200 : 401,
    }));
    const client = makeClient(token);

    for (let user = 1; user <= 20; user++) await failure(client.get(`${api.url}/${user}`));

    expect((await client.get(`${api.url}/bob`)).status).toBe(200);
  });
  test('to 1,100 users renews the token of each once, not for each of their calls', async () => {
    const token = perUser();
    const api = await service(() => ({ status: 401 }));
    const client = makeClient(token);
    const askAll = async (): Promise<void> => {
      for (let first = 0; first < 1100; first += 20) {
        const calls = Array.from({ length: 20 }, async (_, user) => client.get(`${api.url}/${first + user}`));
        await Promise.allSettled(calls);
      }
    };
    await askAll();
    expect(token.refused).toHaveLength(1100);
    const before = api.requests.length;

    await askAll();

    expect(token.refused).toHaveLength(1100);
    expect(api.requests).toHaveLength(before + 1100);
  });
});
