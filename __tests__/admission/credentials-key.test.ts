import { AxiosHeaders } from 'axios';
import { credentialsKey } from '../../src/admission/credentials-key';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { targetOf } from '../../src/request/url';
import type { RequestConfig } from '../../src/plugins/plugin';

function keyOf(config: Partial<RequestConfig>, sourceToken?: string, identity?: () => string): string {
  const full = { url: 'http://api', headers: new AxiosHeaders(), ...config } as RequestConfig;
  const attempt = new AttemptState(new Call('GET', 'http://api'));
  targetOf(full, attempt.call);
  if (sourceToken !== undefined) attempt.sourceToken = () => sourceToken;
  return credentialsKey(full, attempt, identity);
}

const basic = new AxiosHeaders({ Authorization: 'Basic YTpi' });
const bearer = new AxiosHeaders({ authorization: 'Bearer x' });

test('each way to give the same credentials has the same key', () => {
  expect(keyOf({ headers: bearer })).toBe(keyOf({ token: 'x' }));
  expect(keyOf({ auth: { username: 'a', password: 'b' } })).toBe(keyOf({ headers: basic }));
  expect(keyOf({ url: 'http://a:b@api' })).toBe(keyOf({ headers: basic }));
});

test('different credentials have different keys, and none is one of them', () => {
  const keys = [{}, { token: 'x' }, { token: 'y' }, { token: null }, { headers: basic }, { url: 'http://a:c@api' }].map(
    (config) => keyOf(config),
  );

  expect(new Set(keys).size).toBe(keys.length);
});

test('the key is the same before the token is added and after it', () => {
  expect(keyOf({ token: 'x', headers: bearer })).toBe(keyOf({ token: 'x' }));
  expect(keyOf({ headers: bearer }, 'x')).toBe(keyOf({}));
});

test('the order is that of bearer-token', () => {
  const auth = { username: 'a', password: 'b' };

  expect(keyOf({ token: 'x', auth, headers: basic, url: 'http://c:d@api' })).toBe(keyOf({ token: 'x' }));
  expect(keyOf({ auth, headers: bearer, url: 'http://c:d@api' })).toBe(keyOf({ auth }));
  expect(keyOf({ headers: bearer, url: 'http://c:d@api' })).toBe(keyOf({ headers: bearer }));
});

test('tokens of the source count as one, except those of different users', () => {
  expect(keyOf({ headers: bearer }, 'y')).toBe('');
  expect(keyOf({ headers: bearer }, 'y', () => 'ada')).toBe(keyOf({}, undefined, () => 'ada'));
  expect(keyOf({}, undefined, () => 'ada')).not.toBe(keyOf({}, undefined, () => 'bob'));
  expect(keyOf({ token: 'x' }, undefined, () => 'ada')).toBe(keyOf({ token: 'x' }));
});

test('the key contains no secret', () => {
  expect(() => keyOf({ url: 'http://%:%zz@api' })).not.toThrow();
  expect(keyOf({ token: 'a-secret' })).toMatch(/^[\w+/]{16}$/);
  expect(keyOf({ token: 'a-secret' })).not.toMatch('secret');
});

test('a URL that a transform has broken since does not matter', () => {
  const attempt = new AttemptState(new Call('GET', 'http://api'));

  expect(credentialsKey({ url: '::', headers: new AxiosHeaders() } as RequestConfig, attempt, undefined)).toBe('');
});
