import { Call } from '../../src/call/call';
import { CallRecord } from '../../src/events/call-record';
import { KeptCalls } from '../../src/inspector/kept-calls';
import { RecordedCall } from '../../src/inspector/recorded-call';

function recorded(): RecordedCall {
  return new RecordedCall(CallRecord.of(new Call('GET', 'http://a.test/')).view, 0);
}

test('calls are found by their key, the oldest comes first and is forgotten first', () => {
  const calls = new KeptCalls(3);
  const [first, second, third] = [recorded(), recorded(), recorded()];
  for (const one of [first, second, third]) calls.add(one);

  expect([...calls]).toEqual([first, second, third]);
  calls.forgetOldest();

  expect([...calls]).toEqual([second, third]);
  expect([calls.size, calls.oldest, calls.get(first.key), calls.get(third.key)]).toEqual([2, second, undefined, third]);
});

test('once all are forgotten, others are kept in their order', () => {
  const calls = new KeptCalls(3);
  calls.add(recorded());
  calls.forgetOldest();
  calls.forgetOldest();
  expect([calls.size, calls.oldest]).toEqual([0, undefined]);

  const [first, second] = [recorded(), recorded()];
  calls.add(first);
  calls.add(second);
  expect([...calls]).toEqual([first, second]);

  calls.clear();
  expect([[...calls], calls.size, calls.get(first.key)]).toEqual([[], 0, undefined]);
});

test('a call waits for the slot of an older one, if many keys are missing between them', () => {
  const calls = new KeptCalls(3);
  const first = recorded();
  calls.add(first);
  for (let number = 1; number < 4; number++) recorded();

  expect(calls.isFullFor(recorded().key)).toBe(true);
  calls.forgetOldest();
  expect(calls.isFullFor(first.key)).toBe(false);
});
