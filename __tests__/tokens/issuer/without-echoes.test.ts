import type { IssuerRequest } from '../../../src/tokens/issuer/token-client';
import { withoutEchoes } from '../../../src/tokens/issuer/without-echoes';

const requestOf = (fields: Record<string, string>): IssuerRequest => ({
  headers: {},
  data: new URLSearchParams(fields).toString(),
});

test.each<[string, Record<string, string>, unknown, unknown]>([
  ['a secret in a text', { client_secret: 'swordfish' }, 'no swordfish here', 'no *** here'],
  [
    'one deep in an object',
    { assertion: 'swordfish' },
    { a: [{ b: 'swordfish!' }, 1, null] },
    { a: [{ b: '***!' }, 1, null] },
  ],
  ['one in a parameter of the user', { password: 'swordfish' }, ['swordfish'], ['***']],
])('%s is masked', (_, fields, data, expected) => {
  expect(withoutEchoes(data, requestOf(fields))).toEqual(expected);
});

test.each<[string, Record<string, string>, unknown]>([
  ['a parameter that is not secret', { client_id: 'ticket-service' }, 'unknown client ticket-service'],
  ['the type of a token', { subject_token_type: 'urn:x:access_token' }, 'not supported: urn:x:access_token'],
  ['the use of a token', { requested_token_use: 'on_behalf_of' }, 'not on_behalf_of'],
  ['what is as short as a word', { client_secret: 'invalid' }, { error: 'invalid_client' }],
  ['a body that is empty', { client_secret: 'swordfish' }, undefined],
])('%s is not', (_, fields, data) => {
  expect(withoutEchoes(data, requestOf(fields))).toEqual(data);
});

test('what is nested too deep to look at is left out', () => {
  const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));

  expect(withoutEchoes(deep, { headers: {} })).toBeUndefined();
});
