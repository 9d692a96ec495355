import { Logger } from '@nestjs/common';
import { createException } from '../../src/errors/create';
import { UpstreamGraphQLError } from '../../src/server/upstream-message';
import { runInContext } from '../../src/index';
import { graphqlErrorFormat } from '../../src/nestjs/index';
import { HTTPResponse } from '../../src/response/http-response';
import { Log } from './running-app';

const FORMATTED = { message: 'GET http://internal/x: failed', path: ['user', 'orders'], extensions: { code: 'X' } };

/** As GraphQL servers wrap what a resolver throws. */
const wrapped = (originalError?: unknown): Error => Object.assign(new Error('GraphQL'), { originalError });

let log: Log;
beforeEach(() => {
  Logger.overrideLogger((log = new Log()));
});
afterEach(() => {
  Logger.overrideLogger(false);
});

test.each([1, 2])('the failure of a field that was wrapped %d times is formatted as HTTP callers get it', (times) => {
  let error: unknown = createException('TIMEOUT', { detail: 'secret' });
  for (let time = 0; time < times; time++) error = wrapped(error);

  const sent = runInContext({ requestId: 'edge-1' }, () => graphqlErrorFormat()(FORMATTED, error));

  expect(sent).toMatchObject({
    message: 'An upstream service took too long.',
    path: ['user', 'orders'],
    extensions: { code: 'GATEWAY_TIMEOUT', problem: { status: 504, requestId: 'edge-1' } },
  });
  expect(JSON.stringify(sent)).not.toMatch(/internal|secret/);
  expect(log.errors).toEqual([['secret', expect.stringContaining('Timeout [TIMEOUT]'), 'graphqlErrorFormat']]);
});

test.each([wrapped(new Error('a mistake')), wrapped(), new Error('a mistake'), undefined])(
  'another error stays as it is: case %#',
  (error) => {
    expect(graphqlErrorFormat()(FORMATTED, error)).toBe(FORMATTED);
    expect(log.errors).toEqual([]);
  },
);

test('an error that the filter has made stays as it is, and is logged once', () => {
  const made = new UpstreamGraphQLError(
    { message: 'An upstream service failed.', problem: { type: 'about:blank', status: 502 } },
    createException('SERVER_ERROR'),
  );

  expect(graphqlErrorFormat()(FORMATTED, wrapped(made))).toBe(FORMATTED);
  expect(log.errors).toEqual([]);
});

test('a status that is passed on is no fault', () => {
  const headers = { 'content-type': 'application/problem+json' };
  const data = { type: 'urn:users:unknown', title: 'No such user' };
  const response = new HTTPResponse({ status: 404, statusText: '', headers, data, config: {} as never }, undefined);

  const error = wrapped(createException('CLIENT_ERROR', { response }));

  expect(graphqlErrorFormat({ passThrough: [404] })(FORMATTED, error)).toMatchObject({
    message: 'No such user',
    extensions: { code: 'NOT_FOUND', problem: data },
  });
  expect(log.errors).toEqual([]);
  expect(log.debugs).toHaveLength(1);
});

test('wrong options are refused', () => {
  expect(() => graphqlErrorFormat({ passTrough: [404] } as object)).toThrow('Did you mean `passThrough`?');
});
