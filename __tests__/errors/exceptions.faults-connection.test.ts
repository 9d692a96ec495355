import { types } from 'node:util';
import { HTTPClient } from '../../src/index';
import { expectFault, FAULTS, METHODS } from '../support/faults';
import { refused } from '../support/fault-scenes';

describe.each(METHODS)('%s', (method) => {
  test.each(FAULTS.connection)('$name', async (fault) => {
    const error = await expectFault(fault, method);

    // What Node says of it, whatever stands between.
    expect(types.isNativeError(error.cause)).toBe(true);
    expect(error.cause?.message).toMatch(/./);
    expect(error.attempts.map(({ outcome }) => outcome)).toEqual(error.attempts.map(() => error.code));
  });
});

test('a host that refuses at each of its addresses is described address by address', async () => {
  const { port } = new URL((await refused()).url);
  const client = new HTTPClient({
    retryAttempts: 0,
    lookup: (_host, _options, done) => {
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ]);
    },
  });

  const call = client.get(`http://two-addresses.example:${port}`);

  await expect(call).rejects.toMatchObject({
    code: 'CONNECTION_REFUSED',
    message: `GET http://two-addresses.example:${port}/: connect ECONNREFUSED 127.0.0.1:${port}; connect ECONNREFUSED 127.0.0.2:${port}`,
  });
});
