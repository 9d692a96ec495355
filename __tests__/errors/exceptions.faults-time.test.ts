import { expectFault, faultNamed, FAULTS, METHODS, provoke } from '../support/faults';
import { drip, http } from '../support/fault-scenes';
import { Timeout, type RequestException } from '../../src/index';

// Both methods at once: each waits for its own timeouts.
test.each(FAULTS.time)('$name', async (fault) => {
  await Promise.all(METHODS.map(async (method) => expectFault(fault, method)));
});

test('an attempt at a body that drips ends at its timeout, though the socket was never idle', async () => {
  const dripping = {
    ...faultNamed('body that drips'),
    start: http(drip, { options: { timeout: 0.3, retryAttempts: 1 } }),
  };

  const outcomes = await Promise.all(METHODS.map(async (method) => provoke(dripping, method)));

  for (const { error } of outcomes) {
    expect(error).toBeInstanceOf(Timeout);
    const { attempts, message } = error as RequestException;
    expect(message).toContain('no complete body within the timeout of 0.3 s');
    expect(attempts).toHaveLength(2);
    for (const { elapsed } of attempts) {
      expect(elapsed).toBeGreaterThan(0.29);
      expect(elapsed).toBeLessThan(2);
    }
  }
});

test('a deadline tells which failure it cut short', async () => {
  const { error } = await provoke(faultNamed('wait that does not fit into the deadline'), 'GET');

  expect(error).toMatchObject({
    message: expect.stringContaining('deadline of 10 s') as string,
    cause: { name: 'HTTPError', status: 503 },
    attempts: [{ outcome: 503, decision: 'fail', reason: 'deadline' }],
  });
});
