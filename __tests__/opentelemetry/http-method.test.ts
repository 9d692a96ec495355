import { knownMethods } from '../../src/opentelemetry/http-method';

test('methods of RFC 9110 and PATCH are known', () => {
  expect([...knownMethods({})].sort().join()).toBe('CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,TRACE');
  expect(knownMethods({ OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: ' ' }).has('GET')).toBe(true);
});

test('the environment variable of the conventions replaces the list', () => {
  const known = knownMethods({ OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: 'GET, propfind' });

  expect([...known]).toEqual(['GET', 'PROPFIND']);
});
