import { addressOf, hasHost, hostInURL, portOf, withoutDot } from '../../src/util/host';

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

test.each([
  ['http://users', true],
  ['HTTPS://users/a', true],
  ['http://[::1]/', true],
  ['http:\\\\users/', true],
  [' http://users', true],
  ['/users', true],
  ['http:///users', false],
  ['https:////users', false],
  ['http:/users', true],
  ['http:users', true],
  ['http://\n/users', false],
  ['http:\\\\/users', false],
  ['\t http:///users', false],
])('%j has a host: %s', (url, expected) => {
  expect(hasHost(url)).toBe(expected);
});
