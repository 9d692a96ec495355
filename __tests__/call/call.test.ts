import { inspect } from 'node:util';
import { Call } from '../../src/call/call';
import { callOf } from '../../src/call/call-of';

test('a call has an id that stays', () => {
  const call = new Call('GET', 'http://user-service');

  expect(call.id).toMatch(/^[\da-f-]{36}$/);
  expect(call.id).toBe(call.id);
  expect(call.id).not.toBe(new Call('GET', 'http://user-service').id);
});

test('a call without a deadline has time for ever', () => {
  expect(new Call('GET', '').remaining).toBe(Infinity);
});

test('a deadline is counted in seconds from the beginning of the call', () => {
  const call = new Call('GET', '', 2);

  expect(call.remaining).toBeGreaterThan(1000);
  expect(call.remaining).toBeLessThanOrEqual(2000);
  expect(call.elapsed).toBeLessThan(1);
});

test('what was to be released when the call is over is released once', () => {
  const call = new Call('GET', '');
  const released: string[] = [];
  call.onSettled(() => released.push('first'));
  call.onSettled(() => released.push('second'));
  expect(call.settled).toBe(false);

  call.settle();
  call.settle();

  expect(call.settled).toBe(true);
  expect(released).toEqual(['first', 'second']);
});

test('a config belongs to one call while that is under way', () => {
  const config = { method: 'post', url: 'http://user-service', deadline: 3 };

  const call = callOf(config);

  expect(call).toMatchObject({ method: 'POST', url: 'http://user-service', limit: 3 });
  expect(callOf(config)).toBe(call);
});

test('a config that is sent again after its call was over begins a new call, which knows the one before', () => {
  const config = { url: 'http://user-service' };
  const first = callOf(config);
  first.settle();

  const second = callOf(config);
  expect(second).not.toBe(first);
  expect(second.previous).toBe(first);

  second.settle();
  const third = callOf(config);
  expect(third.previous).toBe(second);
  // No chain of them is kept in memory.
  expect(second.previous).toBeUndefined();
});

test('what is no call does not pass for one', () => {
  const config = { url: '', call: { settled: false } };

  expect(callOf(config as never)).toBeInstanceOf(Call);
});

test('a call is shortened, and never prolonged', () => {
  const call = new Call('GET', '', 2);

  call.endBy(call.startedAt + 3000);
  expect(call.limit).toBe(2);

  call.endBy(call.startedAt + 500.4);
  expect(call.limit).toBe(0.5);
  expect(call.remaining).toBeLessThanOrEqual(500);
});

test('a call that had to be over before it began has no time', () => {
  const call = new Call('GET', '');

  call.endBy(call.startedAt - 1000);

  expect(call.limit).toBe(0);
  expect(call.remaining).toBeLessThanOrEqual(0);
});

test('prints without the secrets in its URL', () => {
  const call = new Call('GET', 'http://user:PASSWORD@a.test/?api_key=KEY');

  expect(inspect(call, { depth: 5 })).toContain("url: 'http://a.test/?api_key=***'");
  expect(`${inspect(call, { depth: 5 })} ${JSON.stringify(call)}`).not.toMatch(/PASSWORD|KEY'/);
});
