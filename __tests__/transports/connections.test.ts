import { HTTPClient } from '../../src/index';
import { resolveConnections } from '../../src/transports/connections';
import type { Transport } from '../../src/transports/transport';

test.each([
  [undefined, { maxIdle: 4000, maxAge: Infinity, perOrigin: Infinity }],
  [{}, { maxIdle: 4000, maxAge: Infinity, perOrigin: Infinity }],
  [
    { maxIdle: undefined, maxAge: undefined, perOrigin: undefined },
    { maxIdle: 4000, maxAge: Infinity, perOrigin: Infinity },
  ],
  [{ maxIdle: 0.5 }, { maxIdle: 500, maxAge: Infinity, perOrigin: Infinity }],
  [
    { maxIdle: Infinity, maxAge: 3600 },
    { maxIdle: Infinity, maxAge: 3_600_000, perOrigin: Infinity },
  ],
  [{ maxAge: 0 }, { maxIdle: 4000, maxAge: 0, perOrigin: Infinity }],
  [{ perOrigin: 50 }, { maxIdle: 4000, maxAge: Infinity, perOrigin: 50 }],
])('%j is, in milliseconds, %j', (options, limits) => {
  expect(resolveConnections(options)).toEqual(limits);
});

test.each([
  [null, TypeError, 'Option `connections` must be an object with `maxIdle`, `maxAge` and `perOrigin`'],
  [5, TypeError, 'Option `connections` must be an object'],
  [{ maxIdle: 0 }, RangeError, 'Option `connections.maxIdle` must be a number of seconds above 0'],
  [{ maxIdle: 4000 }, RangeError, 'Did you mean 4?'],
  [{ maxIdle: '4' }, TypeError, "got '4'"],
  [{ maxAge: -1 }, RangeError, 'Option `connections.maxAge` must be a number of seconds from 0 to 86400'],
  [{ maxAge: NaN }, RangeError, 'got NaN'],
  [{ maxAge: null }, TypeError, 'got null'],
  [{ keepAliveTimeout: 4 }, TypeError, 'Unknown `connections` option `keepAliveTimeout`: use `maxIdle`'],
  [{ perOrigin: 0 }, RangeError, 'Option `connections.perOrigin` must be an integer from 1 to 100000, got 0'],
  [{ perOrigin: 1.5 }, RangeError, 'got 1.5'],
  [{ perOrigin: '50' }, TypeError, "got '50'"],
  [{ maxSockets: 50 }, TypeError, 'Unknown `connections` option `maxSockets`: use `perOrigin`'],
  [{ maxidle: 1 }, TypeError, 'Unknown `connections` option `maxidle`. Did you mean `maxIdle`?'],
])('%j is refused', (options, type, message) => {
  const create = (): HTTPClient => new HTTPClient({ connections: options as never });

  expect(create).toThrow(type);
  expect(create).toThrow(message);
});

test('a transport receives the limits only if they are given', () => {
  const limited = { name: 'limited', dispatch: jest.fn(), close: jest.fn() };
  const withLimits = jest.fn((): Transport => limited);
  const transport = { name: 'own', dispatch: jest.fn(), close: jest.fn(), withLimits };

  new HTTPClient({ transport }).close();
  expect(withLimits).not.toHaveBeenCalled();
  expect(transport.close).toHaveBeenCalledTimes(1);

  new HTTPClient({ transport, connections: { maxIdle: 1 } }).close();
  expect(withLimits).toHaveBeenCalledWith({ maxIdle: 1000, maxAge: Infinity, perOrigin: Infinity });
  expect(limited.close).toHaveBeenCalledTimes(1);
});
