import { Call } from '../../src/call/call';
import { createException } from '../../src/errors/create';
import { RequestEvents } from '../../src/events/request-events';
import { HTTPClient } from '../../src/index';
import { EventLog } from '../support/event-log';
import { observed } from '../support/observed';
import { service } from '../support/service';

const REQUEST = { method: 'GET', url: new URL('http://a.test/'), headers: {} };
const NO_SOURCE = { origin: undefined, sourceToken: undefined };

function events(): RequestEvents {
  const call = new Call('GET', 'http://a.test/');
  return new RequestEvents(call, call.addLine(), NO_SOURCE, 'test');
}

test('each request has one start and one end, and a redirect follows from the status before', () => {
  const log = new EventLog();
  const published = events();

  for (const status of [302, 200]) {
    const watch = published.begin(REQUEST);
    expect(published.send(() => 'sent')).toBe('sent');
    watch?.begin('wait');
    published.headers({ status });
    published.end();
    published.end(createException('CANCELLED', {}));
  }

  const facts = log.entries.map(({ kind, request, response, error }) => [
    kind,
    request?.resendReason,
    response?.status,
    error,
  ]);
  expect(facts).toEqual([
    ['requestStart', undefined, undefined, undefined],
    ['requestHeaders', undefined, 302, undefined],
    ['requestEnd', undefined, 302, undefined],
    ['requestStart', '302', undefined, undefined],
    ['requestHeaders', '302', 200, undefined],
    ['requestEnd', '302', 200, undefined],
  ]);
  expect(log.entries[2]?.timings).toBeDefined();
});

test('nothing is measured unless the end is observed', () => {
  expect(events().begin(REQUEST)).toBeUndefined();
});

test('what ends before it has begun is not published', () => {
  const log = new EventLog();

  events().end();
  events().headers({ status: 200 });

  expect(log.entries).toEqual([]);
});

test('the headers of a response are shown as they came, whatever an interceptor does to them', async () => {
  const api = await service([{ headers: { 'x-a': '1', 'x-b': '2' }, json: {} }]);
  const ends = observed('requestEnd');
  const headers = observed('requestHeaders');
  const client = new HTTPClient();
  client.axios.interceptors.response.use((response) => {
    response.headers['x-a'] = 'changed';
    delete response.headers['x-b'];
    return response;
  });

  expect((await client.get(api.url)).headers['x-a']).toBe('changed');

  for (const { response } of [...ends, ...headers]) {
    expect([response?.header('x-a'), response?.header('x-b')]).toEqual(['1', '2']);
  }
  expect([ends.length, headers.length]).toEqual([1, 1]);
});
