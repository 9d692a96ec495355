import { HTTPClient, isJSONDecodeError } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Answer } from '../support/service';

async function jsonFailureOf(answer: Answer): Promise<Error> {
  const api = await service([answer]);
  return failure(new HTTPClient().getJson(api.url));
}

test.each<[string, Answer, object]>([
  ['is empty', { body: '' }, { code: 'JSON_EMPTY', position: 0 }],
  ['is white space', { body: ' \n' }, { code: 'JSON_EMPTY' }],
  ['ends too early', { body: '{"id": 1,' }, { code: 'JSON_INVALID', position: 9 }],
])('a body that %s is told with where it stops to be JSON', async (_, answer, facts) => {
  const error = await jsonFailureOf(answer);

  expect(isJSONDecodeError(error)).toBe(true);
  expect(error).toMatchObject({ ...facts, response: { status: 200 }, retries: 0 });
});

test('the message names the content type and the position, and shows nothing of the body', async () => {
  const headers = { 'content-type': 'text/html' };

  const { message } = await jsonFailureOf({ headers, body: '<h1>s3cret</h1>' });

  expect(message).toMatch(/200 .*\(text\/html\).* 0 of 15$/);
  expect(message).not.toContain('s3cret');
});
