import { formatTimeout, parseTimeout, timeoutHeaderOf } from '../../src/context/timeout-header';

const OURS = 'X-Request-Timeout-Ms';
const ENVOY = 'x-envoy-expected-rq-timeout-ms';
const GRPC = 'grpc-timeout';

test.each([
  [OURS, '250', 250],
  [OURS, '1', 1],
  [OURS, '00250', 250],
  [OURS, '60000', 60_000],
  [OURS, '60001', 60_000],
  [OURS, '999999999999999', 60_000],
  [ENVOY, '300', 300],
  ['X-Deadline', '300', 300],
  [GRPC, '300m', 300],
  ['Grpc-Timeout', '300m', 300],
  [GRPC, '2S', 2000],
  [GRPC, '1M', 60_000],
  [GRPC, '2M', 60_000],
  [GRPC, '1H', 60_000],
  [GRPC, '99999999H', 60_000],
  [GRPC, '1500u', 1.5],
  [GRPC, '1500000n', 1.5],
])('%s: %s gives %d ms', (name, text, timeout) => {
  expect(parseTimeout(timeoutHeaderOf(name), text)).toBeCloseTo(timeout, 9);
});

test.each([
  [OURS, undefined],
  [OURS, ''],
  [OURS, '0'],
  [OURS, '-5'],
  [OURS, '1.5'],
  [OURS, '1e3'],
  [OURS, '0x10'],
  [OURS, 'Infinity'],
  [OURS, ' 5'],
  [OURS, '5\n'],
  [OURS, '5, 6'],
  [OURS, '300m'],
  [OURS, '9'.repeat(16)],
  [ENVOY, '0'],
  [GRPC, '300'],
  [GRPC, '0m'],
  [GRPC, '300s'],
  [GRPC, '300 m'],
  [GRPC, '123456789m'],
  [GRPC, 'm'],
])('%s: %j says nothing', (name, text) => {
  expect(parseTimeout(timeoutHeaderOf(name), text)).toBeUndefined();
});

test.each([
  [OURS, 280, '280'],
  [ENVOY, 280, '280'],
  [GRPC, 280, '280m'],
  [GRPC, 99_999_999, '99999999m'],
  [GRPC, 100_000_999, '100000S'],
  [GRPC, 1e12, '99999999S'],
])('%s: %d ms are written %s', (name, timeout, text) => {
  expect(formatTimeout(timeoutHeaderOf(name), timeout)).toBe(text);
});
