import { checkText } from '../../src/checks/text';
import { fileToken, HTTPClient, signedJwt, tokenService, verifyToken } from '../../src/index';

const SERVICE = { url: 'http://issuer/', clientId: 'me', clientSecret: 'x' };

test('a text is one that is not empty', () => {
  expect(() => {
    checkText('clientId', 'a');
  }).not.toThrow();
});

test.each<[unknown, string]>([
  ['', 'an empty string'],
  [null, 'null'],
  [undefined, 'undefined'],
  [7, 'a number'],
  [['s3cret'], 'a list'],
  [Promise.resolve('s3cret'), 'an instance of Promise'],
])('%p is refused by the name of its option', (value, got) => {
  expect(() => {
    checkText('clientId', value);
  }).toThrow(new RegExp(`\`clientId\`.*got ${got}$`));
});

test.each<[string, (wrong: never) => unknown]>([
  ['the issuer of verifyToken', (issuer) => verifyToken({ secret: 'x'.repeat(32), issuer, audience: 'a' })],
  ['the tokenType of tokenService', (tokenType) => tokenService({ ...SERVICE, tokenType })],
  ['the algorithm of signedJwt', (algorithm) => signedJwt({ secret: 'x'.repeat(32), issuer: 'i', algorithm })],
  ['the path of fileToken', (path) => fileToken(path)],
  ['a host of tokenHosts', (host) => new HTTPClient({ tokenHosts: [host] })],
])('%s is not shown if it is an object: it may hold a secret', (_, use) => {
  for (const wrong of [{ password: 's3cret' }, [{ password: 's3cret' }]]) {
    expect(() => use(wrong as never)).toThrow(TypeError);
    expect(() => use(wrong as never)).not.toThrow('s3cret');
  }
});
