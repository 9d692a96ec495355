import type { IncomingMessage } from 'node:http';
import { isFromLoopback } from '../../src/inspector/loopback';

function from(remoteAddress: string | undefined, headers: Readonly<Record<string, string>>): IncomingMessage {
  return { headers, socket: { remoteAddress } } as never;
}

test.each([
  ['127.0.0.1', '127.0.0.1:8000'],
  ['::1', '[::1]:8000'],
  ['::ffff:127.0.0.1', 'LOCALHOST'],
  ['127.8.0.1', 'localhost:1'],
])('a request from %s to %s is of this machine', (address, host) => {
  expect(isFromLoopback(from(address, { host }))).toBe(true);
});

test.each([
  ['10.0.0.8', 'localhost'],
  ['127.0.0.1.evil.test', 'localhost'],
  [undefined, 'localhost'],
  ['127.0.0.1', 'user-service:8000'],
  ['127.0.0.1', 'localhost.evil.test'],
  ['127.0.0.1', ''],
])('a request from %s to %j is not', (address, host) => {
  expect(isFromLoopback(from(address, { host }))).toBe(false);
});

test.each([
  'x-forwarded-for',
  'forwarded',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'via',
])('nor is one with `%s`', (name) => {
  expect(isFromLoopback(from('127.0.0.1', { host: 'localhost', [name]: 'for=10.0.0.8' }))).toBe(false);
});
