import { addressOf, hostInURL, portOf, withoutDot } from '../../src/util/host';

test.each([
  ['https://a.test/', 'a.test', 443],
  ['http://a.test/', 'a.test', 80],
  ['http://127.0.0.1:8080/', '127.0.0.1', 8080],
  ['http://[::1]:8080/', '::1', 8080],
])('address and port of %s, and back', (text, address, port) => {
  const url = new URL(text);

  expect(addressOf(url)).toBe(address);
  expect(portOf(url)).toBe(port);
  expect(hostInURL(address)).toBe(url.hostname);
});

test.each([
  ['users.', 'users'],
  ['users.internal.', 'users.internal'],
  ['users.internal', 'users.internal'],
  ['[::1]', '[::1]'],
  ['', ''],
])('%j names the host %j', (hostname, expected) => {
  expect(withoutDot(hostname)).toBe(expected);
});
