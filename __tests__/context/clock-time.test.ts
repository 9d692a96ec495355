import { contextFrom, HTTPClient, runInContext } from '../../src/index';
import { checkClockTime } from '../../src/context/clock-time';
import { service } from '../support/service';

const EXPECTED = 'must be a number of milliseconds on the clock of performance.now(), not of Date.now()';

test.each([0, -5, performance.now() + 5000, performance.now() + 1e11, Infinity])('%p is a time', (value) => {
  expect(() => {
    checkClockTime('deadline', value);
  }).not.toThrow();
});

test.each([
  ['NaN', NaN],
  ["'5'", '5'],
  ['null', null],
  ['1800000000000', 1_800_000_000_000],
])('%s is not', (got, value) => {
  expect(() => {
    checkClockTime('deadline', value);
  }).toThrow(new TypeError(`Option \`deadline\` ${EXPECTED}, got ${got}`));
});

test('a deadline on the clock of Date.now() is refused before a call is made without a limit', async () => {
  const api = await service();
  const client = new HTTPClient();

  expect(() => runInContext({ deadline: Date.now() + 30_000 }, async () => client.get(api.url))).toThrow(EXPECTED);
  expect(() => contextFrom({}, { receivedAt: Date.now() })).toThrow(`Option \`receivedAt\` ${EXPECTED}`);
  expect(api.requests).toHaveLength(0);
});
