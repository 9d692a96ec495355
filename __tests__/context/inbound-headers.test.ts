import { contextFrom } from '../../src/index';

test('the names of headers may be in any case, as those of a message or an API gateway are', () => {
  const headers = {
    'X-Request-Id': 'edge-1',
    Authorization: 'Bearer abc',
    'X-TENANT': ['north'],
    'X-Request-Attempt': '2',
  };

  expect(contextFrom(headers, { forward: ['X-Tenant'] })).toMatchObject({
    requestId: 'edge-1',
    authorization: 'Bearer abc',
    attempt: 2,
    headers: { 'X-Tenant': 'north' },
  });
  expect(contextFrom({ 'X-Request-Id': 'edge-2' }).requestId).toBe('edge-2');
});

test('of two names that differ in case only, the one in lower case counts', () => {
  expect(contextFrom({ authorization: 'Bearer abc', Authorization: undefined }).authorization).toBe('Bearer abc');
  expect(contextFrom({ 'X-Request-Id': 'edge-1', 'x-request-id': 'edge-2' }).requestId).toBe('edge-2');
});

test('a list of values is read also where `get` returns it, as in the metadata of gRPC', () => {
  const metadata = new Map<string, string[]>([['x-request-id', ['edge-1']]]);
  const headers = { get: (name: string) => metadata.get(name) ?? [] };

  expect(contextFrom(headers).requestId).toBe('edge-1');
});
