import { HTTPClient, type HTTPResponse, type RequestOptions } from '../../src/index';
import { Call } from '../../src/call/call';
import { publishFailure, publishSuccess } from '../../src/client/call-end';
import { createResponse } from '../../src/call/create-response';
import { createException } from '../../src/errors/create';
import { EventLog } from '../support/event-log';
import { service } from '../support/service';

test('a response is its head, and what an interceptor made of it the status of the last attempt', () => {
  const log = new EventLog();
  const [whole, unwrapped, unsent] = [0, 1, 2].map(() => new Call('GET', 'http://a.test/')) as [Call, Call, Call];
  unwrapped.addLine().end(201, 'done');

  publishSuccess(
    whole,
    createResponse({ status: 200, headers: { a: '1' }, data: 'x', config: {}, statusText: '' } as never),
  );
  publishSuccess(unwrapped, { status: 7 });
  publishSuccess(unsent, undefined);

  const ends = log.entries.filter(({ kind }) => kind === 'callEnd');
  expect(ends.map(({ response }) => [response?.status, response?.headers])).toEqual([
    [200, { a: '1' }],
    [201, {}],
    [undefined, undefined],
  ]);
});

test('a call ends once', () => {
  const log = new EventLog();
  const call = new Call('GET', 'http://a.test/');

  publishFailure(call, createException('TIMEOUT', { call }));
  publishSuccess(call, undefined);

  expect(log.story).toEqual(['call', 'call end TIMEOUT']);
});

describe('a call for JSON', () => {
  const SENT = ['call', 'attempt 1', 'request 0', 'headers 200', 'request end 200', 'attempt end 200 done'];

  test('ends as what its caller gets', async () => {
    const api = await service([{ body: '<html>' }, { json: 1 }, { json: 1 }, { json: 1 }, { status: 404 }]);
    const client = new HTTPClient();
    const log = new EventLog();
    const schema = (issues?: readonly { message: string }[]): never =>
      ({ '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value, issues }) } }) as never;

    await client.getJson(api.url).catch(() => undefined);
    await client.getJson(api.url, { schema: schema([{ message: 'bad' }]) }).catch(() => undefined);
    await client.getJson(api.url, { schema: schema(), headers: { a: '1' } });
    await client.postJson(api.url, { json: 1 });
    await client.getJson(api.url).catch(() => undefined);

    const ends = ['JSON_INVALID', 'RESPONSE_INVALID', '200', '200'].map((end) => [...SENT, `call end ${end}`]);
    expect(log.stories.slice(0, 4)).toEqual(ends);
    expect(log.stories[4]?.at(-1)).toBe('call end CLIENT_ERROR');
    expect(api.requests[2]?.headers).toMatchObject({ a: '1' });
  });

  test('ends as its response where a subclass makes something else of it', async () => {
    const api = await service([{ body: 'no JSON' }]);
    class Own extends HTTPClient {
      override async get<T>(url: string, options?: RequestOptions): Promise<HTTPResponse<T>> {
        await super.get(url, options);
        throw new Error('a bug');
      }
    }
    const log = new EventLog();

    await expect(new Own().getJson(api.url)).rejects.toThrow('a bug');
    await expect(new Own().getJson(api.url, 5 as never)).rejects.toThrow(TypeError);

    expect(log.story).toEqual([...SENT, 'call end 200']);
  });
});
