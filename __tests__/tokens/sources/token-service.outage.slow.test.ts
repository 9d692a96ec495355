import { setTimeout as pause } from 'node:timers/promises';
import { decode } from 'jsonwebtoken';
import { HTTPClient, isTokenError, tokenService, type TokenSource } from '../../../src/index';
import { isPromise } from '../../../src/util/promises';
import { CLIENTS, issuer } from '../../support/issuer';
import { failure } from '../../support/outcome';
import { service, type Service } from '../../support/service';

// Real time is measured: a machine that stops this process for a moment fails the test. It is repeated, up to twice.
jest.retryTimes(2);

/** A source, and how often it had no token at hand. */
function watched(source: TokenSource): TokenSource & { readonly waits: () => number } {
  let waits = 0;
  return {
    ...source,
    getToken(request) {
      const answer = source.getToken(request);
      if (isPromise(answer)) waits++;
      return answer;
    },
    waits: () => waits,
  };
}

/** A service that takes no token that has ended by the second. */
async function strictService(): Promise<Service> {
  return service(({ headers }) => {
    const { exp = 0 } = decode(headers.authorization?.slice('Bearer '.length) ?? '', { json: true }) ?? {};
    return { status: exp * 1000 > Date.now() ? 200 : 401 };
  });
}

async function callEvery(milliseconds: number, seconds: number, call: () => Promise<unknown>): Promise<string[]> {
  const calls: Promise<unknown>[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    calls.push(call());
    await pause(milliseconds);
  }
  return (await Promise.allSettled(calls)).map(({ status }) => status);
}

test('with a token that lives for 4 s and 20 calls a second for 30 s, no call waits but the first, and none fails', async () => {
  const [api, authority] = [await strictService(), await issuer({ lifetime: 4 })];
  const token = watched(tokenService({ url: authority.tokenUrl, ...CLIENTS.basic }));
  const client = new HTTPClient({ token, retryAttempts: 0 });
  await client.get(api.url);

  const outcomes = await callEvery(50, 30, async () => client.get(api.url));

  expect(outcomes.length).toBeGreaterThan(300);
  expect(new Set(outcomes)).toEqual(new Set(['fulfilled']));
  expect(token.waits()).toBe(1);
  expect(await authority.tokenRequests()).toBeLessThan(20);
  client.close();
});

test('an issuer that stops is not noticed while the token lives, then at once, and the first call after it is back is served', async () => {
  const [api, authority] = [await strictService(), await issuer({ lifetime: 6 })];
  const client = new HTTPClient({ token: tokenService({ url: authority.tokenUrl, ...CLIENTS.basic }) });
  await client.get(api.url);
  await authority.stop();

  const outcomes = await callEvery(50, 4.2, async () => client.get(api.url));
  expect(outcomes.length).toBeGreaterThan(40);
  expect(new Set(outcomes)).toEqual(new Set(['fulfilled']));

  await pause(2000);
  const served = api.requests.length;
  const start = performance.now();
  const failures = await Promise.all(Array.from({ length: 20 }, async () => failure(client.get(api.url))));
  expect(performance.now() - start).toBeLessThan(2000);
  expect(failures.every(isTokenError)).toBe(true);
  expect(failures[0]).toMatchObject({ code: 'TOKEN_UNAVAILABLE', sent: 'no', retries: 0 });
  expect(failures[0]?.cause).toMatchObject({ code: 'CONNECTION_REFUSED' });
  expect(api.requests).toHaveLength(served);

  await authority.start();
  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  client.close();
});
