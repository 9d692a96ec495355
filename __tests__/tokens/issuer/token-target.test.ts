import { tokenTargets, type TokenTargetOptions } from '../../../src/tokens/issuer/token-target';

const URI = 'https://users.example/api';
const request = { url: 'http://user-service:8000/users' };

test.each<[string, TokenTargetOptions, object, object]>([
  ['nothing', {}, request, { audience: undefined, resource: undefined }],
  ['an audience', { audience: 'users' }, request, { audience: 'users', resource: undefined }],
  ['one made of the URL', { audience: ({ hostname }) => hostname }, request, { audience: 'user-service' }],
  ['a function that makes none', { resource: () => undefined }, request, { resource: undefined }],
  ['a resource', { resource: URI }, request, { audience: undefined, resource: URI }],
  ['the audience of the request', { audience: 'users' }, { ...request, audience: 'own' }, { audience: 'own' }],
  [
    'the audience of the request in place of the resource',
    { audience: 'users', resource: URI },
    { ...request, audience: 'urn:own' },
    { audience: 'users', resource: 'urn:own' },
  ],
])('a token is for %s', (_, options, asked, target) => {
  expect(tokenTargets('tokenService', options)(asked as typeof request)).toMatchObject(target);
});

test.each([
  [{ audience: '' }, '`tokenService.audience`'],
  [{ resource: 'users' }, 'absolute URI without a fragment'],
  [{ resource: `${URI}#a` }, 'absolute URI without a fragment'],
])('%j is refused at once', (options, words) => {
  expect(() => tokenTargets('tokenService', options)).toThrow(words);
});

test('what a function makes is checked when it is made', () => {
  const targets = tokenTargets('tokenService', { resource: () => 'users' });

  expect(() => targets(request)).toThrow(/`tokenService.resource.* function/);
});
