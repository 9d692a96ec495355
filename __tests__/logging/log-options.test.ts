import { logSettings } from '../../src/logging/log-options';

const settle = logSettings as (options: unknown) => ReturnType<typeof logSettings>;

test('the defaults: no successes, 50 lines in a second', () => {
  expect(settle({})).toEqual({
    share: 0,
    levels: { success: 'debug', retried: 'info', callerFault: 'warn', cancelled: 'warn', failure: 'error' },
    perSecond: 50,
    fields: undefined,
  });
  expect(settle({ successes: undefined, levels: undefined, perSecond: undefined, fields: undefined })).toEqual(settle({}));
}); // prettier-ignore

test('what is given counts', () => {
  const fields = (): object => ({});

  expect(settle({ successes: true }).share).toBe(1);
  expect(settle({ successes: 0.01, perSecond: Infinity, fields, levels: { cancelled: false, retried: undefined } })).toEqual({
    share: 0.01,
    levels: { success: 'debug', retried: 'info', callerFault: 'warn', cancelled: false, failure: 'error' },
    perSecond: Infinity,
    fields,
  });
}); // prettier-ignore

test.each<[unknown, string]>([
  [null, 'Options must be an object, got null'],
  ['warn', 'Options must be an object, got a string'],
  [{ success: true }, 'Unknown option of logCalls `success`. Did you mean `successes`?'],
  [{ level: 'warn' }, 'Unknown option of logCalls `level`. Did you mean `levels`?'],
  [{ successes: 2 }, 'Option `successes` must be a number from 0 to 1, got 2'],
  [{ successes: 'all' }, "Option `successes` must be a number from 0 to 1, got a string"],
  [{ successes: NaN }, 'Option `successes` must be a number from 0 to 1, got NaN'],
  [{ perSecond: 0 }, 'Option `perSecond` must be an integer from 1 to 1000000, got 0'],
  [{ perSecond: '50' }, "Option `perSecond` must be an integer from 1 to 1000000, got '50'"],
  [{ fields: { tenant: 7 } }, 'Option `fields` must be a function, got an object'],
  [{ levels: 'warn' }, 'Option `levels` must be an object, got a string'],
  [{ levels: { failures: 'warn' } }, 'Unknown kind in `levels` `failures`. Did you mean `failure`?'],
  [{ levels: { failure: 'fatal' } }, "Option `levels.failure` must be 'debug', 'info', 'warn', 'error' or false, got 'fatal'"],
  [{ levels: { failure: true } }, "Option `levels.failure` must be 'debug', 'info', 'warn', 'error' or false, got true"],
])('%j is refused', (options, message) => {
  expect(() => settle(options)).toThrow(message);
}); // prettier-ignore
