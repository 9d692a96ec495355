import { HTTPClient, type RequestException } from '../../src/index';
import { requestContext, upstreamErrors } from '../../src/express';
import { failure } from '../support/outcome';
import { service, type Answer, type Service } from '../support/service';
import { app, EXPRESSES, route, type Express } from './expresses';

// With the margin of 20 ms, a busy machine lets the first hop give up before the second has told it what failed.
const client = new HTTPClient({ retry: { base: 0.001, factor: 1 }, timeout: 1.5, requestContext: { margin: 0.5 } });

afterAll(() => {
  client.close();
});

interface Chain {
  readonly url: string;
  readonly last: Service;
  /** What the apps have logged, by the number of the app. */
  readonly logged: readonly [first: RequestException[], second: RequestException[]];
}

/** Two apps that each call the next, and a last service that answers so. */
async function chain(express: Express, answers: number | readonly Answer[]): Promise<Chain> {
  const logged: Chain['logged'] = [[], []];
  const hop = async (next: string, log: RequestException[]): Promise<string> =>
    app(
      express,
      requestContext(),
      route(async (_, response) => response.json(await client.getJson(next))),
      upstreamErrors({ log: (error) => log.push(error) }),
    );
  const last = await service(typeof answers === 'number' ? [{ status: answers, json: { done: true } }] : answers);
  const second = await hop(last.url, logged[1]);
  return { url: await hop(second, logged[0]), last, logged };
}

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test('a last service that is down gets 4 requests for one at the edge', async () => {
    const { url, last, logged } = await chain(express, 503);

    const error = await failure(client.get(url));

    expect(last.requests).toHaveLength(4);
    expect(error).toMatchObject({ status: 503, attempts: [{ outcome: 503, reason: 'should-retry-false' }] });
    expect(logged[1]).toMatchObject([{ status: 503, retries: 3 }]);
    expect(logged[0]).toMatchObject([{ status: 503, retries: 0 }]);
  });

  test('a failure that is none to be retried gets one request, although a 502 comes of it', async () => {
    const { url, last } = await chain(express, 404);

    const error = await failure(client.get(url));

    expect(last.requests).toHaveLength(1);
    expect(error).toMatchObject({ status: 502, retries: 0 });
  });

  // What the first hop gives an attempt, the second has for all of its own.
  test('what the last service does not answer is asked for again by the hop that still has time', async () => {
    const { url, last, logged } = await chain(express, [{ handle: () => undefined }, { json: { done: true } }]);

    const response = await client.get(url, { headers: { 'X-Request-Timeout-Ms': '30000' }, timeout: 20 });

    expect(response).toMatchObject({ status: 200, retries: 0 });
    expect(logged[1]).toMatchObject([{ code: 'DEADLINE_EXCEEDED', retries: 0 }]);
    expect(last.requests.map(({ headers }) => headers['x-request-attempt'])).toEqual([undefined, '2']);
  });

  test('one request id goes from end to end, and comes back', async () => {
    const { url, last } = await chain(express, 200);

    const { data, headers } = await client.get(url, { headers: { 'X-Request-Id': 'edge-1' } });

    expect(data).toEqual({ done: true });
    expect(headers['x-request-id']).toBe('edge-1');
    expect(last.requests[0]?.headers['x-request-id']).toBe('edge-1');
  });
});
