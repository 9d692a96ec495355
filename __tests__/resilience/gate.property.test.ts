import fc from 'fast-check';
import { Gate, gateTicket } from '../../src/resilience/gate';
import type { GateTicket } from '../../src/resilience/gate-closure';
import { RUNS } from '../support/runs';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const random = fc.double({ min: 0, max: 0.999, noNaN: true });
const step = fc.record({
  kind: fc.constantFrom('arrive', 'ask', 'refuse', 'succeed'),
  pass: fc.constantFrom(0, 1, 40, 700, 6_000, 45_000),
  key,
  random,
  status: fc.constantFrom(429, 503, 503),
  retryAfter: fc.constantFrom(0.5, 1, 5, 30, 3_600),
  age: fc.constantFrom(0, 10, 2_000),
  longest: fc.constantFrom(200, 5_000, 30_000),
  hasWaited: fc.boolean(),
});

test('whatever happens, waits are finite and end: time alone opens the gate', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const gate = new Gate();
      const waiting: GateTicket[] = [];
      let now = 0;
      for (const { kind, pass, age, longest, hasWaited, ...one } of steps) {
        now += pass;
        if (kind === 'arrive') waiting.push(gateTicket(now, one.key, longest, hasWaited));
        else if (kind === 'refuse') gate.refused(now, { ...one, sentAt: now - age });
        else if (kind === 'succeed') gate.succeeded(now, now - age, one.key);
        for (const ticket of waiting) {
          const wait = gate.ask(now, ticket, one.random);
          if (!(wait === 0 || (wait >= 1 && wait < Infinity))) throw new Error(`waits ${wait} ms`);
        }
      }
      for (const ticket of waiting) {
        // With nothing new, a call that has waited goes: another closure may take over once.
        let at = now;
        let asks = 0;
        for (let wait = gate.ask(at, ticket, 0); wait > 0; wait = gate.ask(at, ticket, 0)) {
          at += wait;
          asks += 1;
        }
        if (asks > 2) throw new Error(`asks ${asks} times`);
      }
      for (const each of ['a', 'f']) expect(gate.ask(now + 1e8, gateTicket(now, each, 0), 0)).toBe(0);
      expect(gate.isOpen).toBe(true);
    }),
    { numRuns: RUNS },
  );
});
