import { AxiosHeaders } from 'axios';
import { AttemptState } from '../../../src/call/attempt-state';
import { Call } from '../../../src/call/call';
import { HTTPClient, type HTTPError, type TokenSource } from '../../../src/index';
import { TokenRenewal } from '../../../src/tokens/attach/renew-token';
import { failure } from '../../support/outcome';
import { service, type Answer, type Received } from '../../support/service';

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function makeClient(token: TokenSource): HTTPClient {
  const client = new HTTPClient({ token, timeout: 30, retry: { base: 0.001 } });
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

  test('to 30 users renews the token of each once, not for each of their calls', async () => {
    const token = perUser();
    const api = await service(() => ({ status: 401 }));
    const client = makeClient(token);
    const askAll = async (): Promise<unknown> =>
      Promise.all(Array.from({ length: 30 }, async (_, user) => failure(client.get(`${api.url}/${user}`))));
    await askAll();
    expect(token.refused).toHaveLength(30);
    const before = api.requests.length;

    await askAll();

    expect(token.refused).toHaveLength(30);
    expect(api.requests).toHaveLength(before + 30);
  });
});

// Without calls: 20,000 requests would take a minute.
test('that renewed tokens are rejected too is remembered of 10,000 users', async () => {
  const invalidate = jest.fn();
  const renewal = new TokenRenewal({ getToken: ({ url }) => url, invalidate });
  const { url } = await service([{ status: 401 }]);
  const error = (await failure(new HTTPClient({ token: 'fixed' }).get(url))) as HTTPError;
  const rejected = async (user: number, wasRenewed: boolean): Promise<void> => {
    const attempt = new AttemptState(new Call('GET', url));
    if (wasRenewed) attempt.previous = Object.assign(new AttemptState(attempt.call), { tokenRenewed: true });
    await renewal.renewAfter(error, { url, headers: new AxiosHeaders() }, attempt, `token of ${user}`);
  };
  for (let user = 0; user < 10_000; user++) await rejected(user, true);

  for (let user = 0; user < 10_000; user++) await rejected(user, false);
  expect(invalidate).not.toHaveBeenCalled();

  await rejected(10_000, false);
  expect(invalidate.mock.calls).toEqual([['token of 10000']]);
});
