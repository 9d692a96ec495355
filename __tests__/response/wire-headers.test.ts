import { AxiosHeaders } from 'axios';
import { inspect } from 'node:util';
import { WireHeaders } from '../../src/response/wire-headers';

test('names that are those of methods do not replace the methods', () => {
  const headers = Object.assign(new WireHeaders(), { normalize: 'a', constructor: 'b', 'content-type': 'text/plain' });

  expect(Object.assign({}, headers)).toEqual({ Normalize: 'a', Constructor: 'b', 'content-type': 'text/plain' });
  expect(headers).toBeInstanceOf(AxiosHeaders);
  expect(headers.get('Normalize')).toBe('a');
  expect(headers.normalize()).toBe(headers);
});

test('they print without secrets', () => {
  const headers = Object.assign(new WireHeaders(), { 'set-cookie': 'session=s3cret', etag: '"1"' });

  expect(inspect(headers) + JSON.stringify(headers)).not.toContain('s3cret');
  expect(inspect(headers)).toContain('"1"');
});
