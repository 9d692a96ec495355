import { inspect } from 'node:util';
import { createException } from '../../src/errors/create';
import { printException } from '../../src/errors/print';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

test('an exception is printed as stack, journal and cause', () => {
  const error = createException('CONNECTION_REFUSED', { cause: new Error('connect ECONNREFUSED') });
  error.stack = 'ConnectionError: nothing listens\n    at line 1';

  expect(printException(error, () => 'Error: two\nlines')).toBe(
    [
      'ConnectionError [CONNECTION_REFUSED]: nothing listens',
      '    at line 1',
      '  nothing was sent',
      '  [cause]: Error: two',
      '  lines',
    ].join('\n'),
  );
});

test('an exception that may have been sent, but has no journal, does not say that nothing was', () => {
  const error = createException('INTERCEPTOR_FAILED', { sent: 'maybe' });
  error.stack = 'RequestException: oops';

  expect(printException(error, String)).toBe('RequestException [INTERCEPTOR_FAILED]: oops');
});

test('an exception is printed without a cause where it has none, and without a stack', () => {
  const error = createException('CANCELLED');
  Reflect.deleteProperty(error, 'stack');
  Object.defineProperty(error, 'stack', { value: undefined });

  expect(printException(error, String)).toBe('  nothing was sent');
});

test.each(['CLIENT_ERROR', 'CANCELLED', 'TIMEOUT', 'DEADLINE_EXCEEDED', 'INVALID_URL', 'INTERCEPTOR_FAILED'] as const)(
  'the first line of a printed %s has the name of its class and its code',
  (code) => {
    const error = createException(code, { detail: 'what happened' });

    expect(inspect(error).split('\n')[0]).toBe(`${error.name} [${code}]: what happened`);
  },
);

test('a printed failure tells the story of its call', async () => {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient({ retry: { base: 0.001 }, retryAttempts: 2 });

  const printed = inspect(await client.get(`${api.url}/x?token=abc`).catch((error: unknown) => error));

  expect(printed).toMatch(
    /^HTTPError \[SERVER_ERROR\]: GET \S+\/x\?token=\*\*\*: responded with 503 Service Unavailable$/m,
  );
  expect(printed).toMatch(/^ {2}#1 {2}\S+Z {2}0\.\d{3} s {2}503 {6}retry in 0\.001 s: SERVER_ERROR$/m);
  expect(printed).toMatch(/^ {2}#3 {2}.* 503 {6}fail: retries-exhausted$/m);
});

test('a printed failure shows its cause', async () => {
  const api = await service();
  await api.close();

  const printed = inspect(await new HTTPClient({ retryAttempts: 0 }).get(api.url).catch((error: unknown) => error));

  expect(printed).toMatch(/^ {2}\[cause\]: Error: connect ECONNREFUSED/m);
});
