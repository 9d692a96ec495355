import { Followers } from '../../src/util/followers';

test('each follower is called once, in order, and the list is empty afterwards', () => {
  const followers = new Followers();
  const told: unknown[] = [];
  for (const name of ['first', 'second']) followers.add((reason) => told.push([name, reason]));
  expect(followers.isEmpty).toBe(false);

  followers.notify('gone');
  followers.notify('again');

  expect(told).toEqual([
    ['first', 'gone'],
    ['second', 'gone'],
  ]);
  expect(followers.isEmpty).toBe(true);
});

test('a follower that has left is not called, and may leave twice', () => {
  const followers = new Followers();
  const told: string[] = [];
  const place = followers.add(() => told.push('first'));
  followers.add(() => told.push('second'));

  place.leave();
  place.leave();
  followers.notify(undefined);

  expect(told).toEqual(['second']);
});
