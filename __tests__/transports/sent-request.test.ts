import { inspect } from 'node:util';
import { SentRequest } from '../../src/transports/sent-request';

const sent = new SentRequest(
  {
    method: 'GET',
    url: new URL('http://user-service/users?page=2&access_token=secret'),
    headers: { Authorization: 'Bearer secret' },
    body: undefined,
    connection: {},
    newConnection: false,
  },
  true,
);

test('tells what axios users read from a request of Node', () => {
  expect(sent.method).toBe('GET');
  expect(sent.path).toBe('/users?page=2&access_token=secret');
  expect(sent.reusedSocket).toBe(true);
  expect(sent.res.responseUrl).toBe('http://user-service/users?page=2&access_token=secret');
});

test.each<[string, (request: SentRequest) => string]>([
  ['JSON', JSON.stringify],
  ['inspect', inspect],
])('shows no secret as %s', (_, print) => {
  expect(print(sent)).toContain('/users?page=2');
  expect(print(sent)).not.toContain('secret');
});
