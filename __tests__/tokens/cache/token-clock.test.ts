import { sleep, SYSTEM_CLOCK, within, withJitter } from '../../../src/tokens/cache/token-clock';
import { turns, virtualClock } from '../../support/virtual-clock';

const never = new Promise<string>(() => undefined);

test('sleep lasts until its time has passed', async () => {
  const clock = virtualClock();
  let isAwake = false;
  void sleep(clock, 100).then(() => (isAwake = true));

  await clock.pass(99);
  expect(isAwake).toBe(false);
  await clock.pass(1);
  expect(isAwake).toBe(true);
});

test('a wait with jitter takes from half of its time to all of it', () => {
  expect([0, 0.5, 1].map((random) => withJitter(100, () => random))).toEqual([50, 75, 100]);
});

test('what comes within the limit is the result, and its timer goes', async () => {
  const clock = virtualClock();

  await expect(within(clock, 100, Promise.resolve('token'))).resolves.toBe('token');
  await expect(within(clock, 100, Promise.reject(new Error('down')))).rejects.toThrow('down');
  await turns();
  expect(clock.timers).toBe(0);
});

test('what takes longer than the limit is undefined', async () => {
  const clock = virtualClock();
  const result = within(clock, 100, never);

  await clock.pass(100);

  await expect(result).resolves.toBeUndefined();
});

test('the clock of the system runs what is due, and what is taken back never', async () => {
  const ran: string[] = [];
  const takeBack = SYSTEM_CLOCK.after(1, () => ran.push('taken back'));

  await new Promise<void>((resolve) => {
    SYSTEM_CLOCK.after(5, resolve);
    takeBack();
  });

  expect(ran).toEqual([]);
  expect(Math.abs(SYSTEM_CLOCK.now() - Date.now())).toBeLessThan(1000);
  expect(Math.abs(SYSTEM_CLOCK.monotonic() - performance.now())).toBeLessThan(1000);
});
