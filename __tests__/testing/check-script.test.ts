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
