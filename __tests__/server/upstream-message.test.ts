import { createException } from '../../src/errors/create';
import { HTTPResponse } from '../../src/response/http-response';
import { UpstreamGraphQLError, upstreamMessage } from '../../src/server/upstream-message';
import { upstreamSettings } from '../../src/server/upstream-response';

const NOTHING = upstreamSettings({});
const PASSED = upstreamSettings({ passThrough: [404] });

function notFound(problem: object): ReturnType<typeof createException> {
  const headers = { 'content-type': 'application/problem+json' };
  const response = new HTTPResponse(
    { status: 404, statusText: '', headers, data: problem, config: {} as never },
    undefined,
  );
  return createException('CLIENT_ERROR', { response });
}

test('a caller without HTTP gets the problem document that an HTTP caller gets, and its headers as members', () => {
  const error = createException('SERVER_ERROR', { detail: 'secret', retryAfter: 7 });

  expect(upstreamMessage(error, NOTHING, 'edge-1')).toEqual({
    message: 'An upstream service failed.',
    problem: {
      type: 'about:blank',
      title: 'Bad Gateway',
      status: 502,
      detail: 'An upstream service failed.',
      requestId: 'edge-1',
    },
  });
  expect(upstreamMessage(createException('CANCELLED', { retryAfter: 7 }), NOTHING, undefined)).toMatchObject({
    retryAfter: 7,
    problem: { status: 503 },
  });
  expect(upstreamMessage(createException('INVALID_URL'), NOTHING, undefined)).toMatchObject({ shouldRetry: false });
});

test.each([
  [{ title: 'T', detail: 'D' }, 'D'],
  [{ title: 'T' }, 'T'],
  [{}, 'An upstream service failed.'],
])('of a problem document that is passed on, %j, the message is %s', (problem, message) => {
  expect(upstreamMessage(notFound(problem), PASSED, undefined)).toMatchObject({ message, problem });
});

test.each([
  [{ type: 'a', status: 504 }, 'GATEWAY_TIMEOUT'],
  [{ type: 'a', status: 599 }, 'INTERNAL_SERVER_ERROR'],
  [{ type: 'a' }, 'INTERNAL_SERVER_ERROR'],
])('GraphQL shows of %j the code %s', (problem, code) => {
  const cause = createException('TIMEOUT', { detail: 'secret' });

  const error = new UpstreamGraphQLError({ message: 'It failed.', problem, retryAfter: 7 }, cause);

  expect(error).toMatchObject({ message: 'It failed.', name: 'UpstreamGraphQLError', cause });
  expect(error.extensions).toEqual({ code, problem, retryAfter: 7 });
  expect(JSON.stringify(error)).not.toMatch('secret');
});
