import { Call } from '../../src/call/call';
import { publishFailure, publishSuccess } from '../../src/client/call-end';
import { createResponse } from '../../src/call/create-response';
import { createException } from '../../src/errors/create';
import { EventLog } from '../support/event-log';

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
