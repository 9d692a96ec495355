import { once } from 'node:events';
import { follow } from '../../src/util/abort';
import { LazySignal } from '../../src/util/lazy-signal';

test('its followers are told why, once, also without a signal', () => {
  const lazy = new LazySignal();
  const told: unknown[] = [];
  follow(lazy, (reason) => told.push(reason));
  follow(lazy, () => told.push('has left'))();
  expect(lazy.aborted).toBe(false);

  lazy.abort('gone');
  lazy.abort('again');
  follow(lazy, (reason) => told.push(['at once', reason]));

  expect(told).toEqual(['gone', ['at once', 'gone']]);
  expect(lazy).toMatchObject({ aborted: true, reason: 'gone' });
});

test('its signal is always the same, and fires with it', async () => {
  const lazy = new LazySignal();
  const { signal } = lazy;
  const fired = once(signal, 'abort');

  lazy.abort(new Error('gone'));

  await fired;
  expect(lazy.signal).toBe(signal);
  expect(signal.reason).toEqual(new Error('gone'));
});

test('a signal that is read after the end has fired', () => {
  const lazy = new LazySignal();
  lazy.abort('gone');

  expect(lazy.signal).toMatchObject({ aborted: true, reason: 'gone' });
});
