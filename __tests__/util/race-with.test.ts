import { raceWith } from '../../src/util/race-with';

const never = new Promise<string>(() => undefined);

test('the work that comes first is the result, and the other thing is released', async () => {
  const release = jest.fn();

  await expect(raceWith(Promise.resolve('work'), () => release)).resolves.toBe('work');

  expect(release).toHaveBeenCalledTimes(1);
});

test('work that fails fails the race, and the other thing is released', async () => {
  const release = jest.fn();

  await expect(raceWith(Promise.reject(new Error('broken')), () => release)).rejects.toThrow('broken');

  expect(release).toHaveBeenCalledTimes(1);
});

test.each([
  [
    'a result',
    (resolve: (value: string) => void) => {
      resolve('other');
    },
    'other',
  ],
  [
    'a failure',
    (_: unknown, reject: (error: Error) => void) => {
      reject(new Error('over'));
    },
    'over',
  ],
])('the other thing may come first, with %s', async (_, settle, expected) => {
  const release = jest.fn();

  const outcome = await raceWith<string, string>(never, (resolve, reject) => {
    settle(resolve, reject);
    return release;
  }).catch((error: unknown) => (error as Error).message);

  expect(outcome).toBe(expected);
  expect(release).toHaveBeenCalledTimes(1);
});
