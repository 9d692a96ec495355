import { mockClient, startService } from '../../src/testing/index';
import { checkAnswer } from '../../src/testing/check-script';

test.each<[unknown, string]>([
  [{ status: 503 }, 'an object'],
  [null, 'null'],
  ['ok', 'a string'],
])('%j is no script', async (script, got) => {
  const message = `The script must be a list of responses or a function that returns one, got ${got}`;

  expect(() => mockClient(script as never)).toThrow(new TypeError(message));
  await expect(startService(script as never)).rejects.toThrow(new TypeError(message));
});

test('only a kind of script knows the name of its own', () => {
  const answer = { handle: () => undefined };

  expect(() => {
    checkAnswer(answer, 'handle');
  }).not.toThrow();
  expect(() => {
    checkAnswer(answer, 'error');
  }).toThrow('Unknown property of a response `handle`');
});

test.each<[object, string]>([
  [{ headers: null }, 'Option `headers` must be an object of values by name, got null'],
  [{ headers: new Headers() }, 'Option `headers` must be an object of values by name, got an instance of Headers'],
  [{ headers: [['a', 'b']] }, 'Option `headers` must be an object of values by name, got a list'],
  [{ body: { id: 1 } }, 'Option `body` must be a string or bytes, got an object: use `json` for other values'],
  [{ body: 7 }, 'Option `body` must be a string or bytes, got 7: use `json` for other values'],
  [{ handle: 7 }, 'Option `handle` must be a function, got 7'],
])('the response %p is refused with what is wrong', (answer, message) => {
  expect(() => {
    checkAnswer(answer, 'handle');
  }).toThrow(new TypeError(message));
});
