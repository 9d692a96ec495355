import { redactMessage, safeQuote } from '../../src/util/safe-quote';

const LIMIT = 500;

test.each([
  'The order has 3 printers, and 1 is left.',
  'Basic authentication is required',
  'author: Ada, monkey=business',
  'see https://example.com/problems?page=2',
])('%s stays as it is', (text) => {
  expect(safeQuote(text, LIMIT)).toBe(text);
});

test.each([
  ['Bearer abcDEF123456 was refused', 'Bearer *** was refused'],
  ['bearer  a-b_c.d~e+f/g1==', 'bearer ***'],
  ['Basic dXNlcjpwYXNz', 'Basic ***'],
  ['the token eyJhbGciOi.eyJzdWIi.c2ln is old', 'the token *** is old'],
  ['token=abc&page=2', 'token=***&page=2'],
  ['password: hunter2, user: ada', 'password: ***, user: ada'],
  ['{"password":"two words","id":1}', '{"password":***,"id":1}'],
  ['{"password":"an \\" escaped quote","id":1}', '{"password":***,"id":1}'],
  ['{"text":"{\\"password\\":\\"two words\\",\\"id\\":1}"}', '{"text":"{\\"password\\":***,\\"id\\":1}"}'],
  ["{'api_key': 'a b'}", "{'api_key': ***}"],
  ['{"tokens":["a","b"],"id":1}', '{"tokens":***,"id":1}'],
  ['{"token":{"value":"a"},"id":1}', '{"token":***,"id":1}'],
  ['{"password":"cut off in the mid', '{"password":***'],
  ["password='cut off in the mid", 'password=***'],
  ['tokens: [a, b', 'tokens: ***'],
  ['token: {a, b', 'token: ***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY----- is old', '*** is old'],
  ['key: -----BEGIN PRIVATE KEY-----\nMIIE, cut', 'key: ***'],
  ['AKIAIOSFODNN7EXAMPLE is disabled', '*** is disabled'],
  ['use ghp_abcdefghij0123456789 or sk_live_abcdefghij', 'use *** or ***'],
  ['Cookie: sid=abc; theme=dark; x=y is too long', 'Cookie: *** is too long'],
  ['set-cookie: session=abc; Path=/', 'set-cookie: ***'],
  ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: *** ***'],
  ['connect to postgres://ada:pw@db:5432/users failed', 'connect to postgres://db:5432/users failed'],
  ['https://ada:secret@example.com/x', 'https://example.com/x'],
  ['<a><password>two words</password></a>', '<a><password>***</password></a>'],
  ['<a:Password Type="x#PasswordText">two words</a:Password>', '<a:Password Type="x#PasswordText">***</a:Password>'],
  ['<password><![CDATA[a <b> c]]></password>, 1', '<password>***</password>, 1'],
  ['<password><![CDATA[cut off', '<password>***'],
  ['<token id="1"/>is missing', '<token id="1"/>is missing'],
])('%s becomes %s', (text, redacted) => {
  expect(safeQuote(text, LIMIT)).toBe(redacted);
});

test('a text is one line, whatever it holds', () => {
  expect(safeQuote(' a\r\n  #1\u0000\u001b[31m\u2028b\t', LIMIT)).toBe('a #1 [31m b');
});

test('a text is cut after its secrets are gone', () => {
  expect(safeQuote('x'.repeat(600), LIMIT)).toBe(`${'x'.repeat(500)}…`);
  expect(safeQuote(`password="${'a b '.repeat(200)}" and more`, LIMIT)).toBe('password=*** and more');
  expect(safeQuote(`password="${'a b '.repeat(2000)}`, LIMIT)).toBe('password=***');
});

test.each([
  'a',
  'a:',
  '{"',
  '"\\',
  'token=',
  'a://',
  '<a',
  '<a b',
  '<pin><![CDATA[',
  'eyJ.',
  'Basic ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN ',
  'AKIA',
  'ghp_',
  'cookie: a;',
  'cookie:',
])('a long text of %j takes no more than a few milliseconds', (part) => {
  const start = performance.now();

  safeQuote(part.repeat(100_000), LIMIT);

  expect(performance.now() - start).toBeLessThan(1500);
});

test.each([
  [
    'Headers.append: "Bearer abcDEF123\nx" is an invalid header value.',
    'Headers.append: *** is an invalid header value.',
  ],
  [`Unexpected token 'a', "abc not json" is not valid JSON`, `Unexpected token 'a', *** is not valid JSON`],
  [`Unexpected token 'a', ..."abc not "js"... is not valid JSON`, `Unexpected token 'a', *** is not valid JSON`],
  ['vault said token=abc Bearer abcDEF123', 'vault said token=*** Bearer ***'],
  ['refused {"client_secret":"two words","id":1}', 'refused {"client_secret":***,"id":1}'],
  [
    `Cannot read file "/etc/x": Unexpected token 'a', "abc" is not valid JSON`,
    `Cannot read file "/etc/x": Unexpected token 'a', *** is not valid JSON`,
  ],
  ['Headers.append: "a, "b" is an invalid header value', 'Headers.append: *** is an invalid header value'],
  ['"undefined" is not valid JSON', '*** is not valid JSON'],
  [`Headers.set: "${'a '.repeat(20_000)}" is an invalid header value`, 'Headers.set: *** is an invalid header value'],
  ['wrong password: hunter2', 'wrong password: ***'],
  ['OAuthError: token=abc', 'OAuthError: token=***'],
  ['sent code=abc&state=x', 'sent code=***&state=x'],
  ['sent /callback?code=abc', 'sent /callback?code=***'],
  ['pin: 123456', 'pin: ***'],
  ['no http://ada:pw@users/?token=abc, sorry', 'no http://users/?token=***, sorry'],
  ['login failed, password: swordfish', 'login failed, password: ***'],
  ['client_secret: correct-horse', 'client_secret: ***'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nis old', '***\nis old'],
])('the message %j becomes %j', (message, redacted) => {
  expect(redactMessage(message)).toBe(redacted);
});

test.each([
  'connect ECONNREFUSED token-service:8000',
  'getaddrinfo ENOTFOUND auth.internal',
  'no connection to https://auth.internal:8443/v1/token',
  'Unauthorized: Token expired at 12:30',
  'invalid token: expired.',
  'Unauthorized: 401',
  'auth: ETIMEDOUT',
  'Unauthorized: invalid_client',
  'OAuthError: invalid_grant',
  'closed, code: 1006',
  'code=1006',
  'exit code: 3221225477',
  'code: ERR_HTTP2_STREAM_CANCEL',
  "code: 'ECONNREFUSED'",
  'code: 42P01',
  'grpc code=Unavailable',
  'max_tokens: 4096',
  'AssertionError: x_y !== z',
  'authority: example.com:443',
  'auth=none',
  'auth: ERR_HTTP2_STREAM_CANCEL',
  '/etc/app/secret.yaml: permission-denied',
  "ENOENT: no such file or directory, open '/var/run/secrets/token'",
  'at http://users/?token=***.',
  '',
])('the message %j stays as it is', (message) => {
  expect(redactMessage(message)).toBe(message);
});

test('a message of megabytes is cut in milliseconds, after its secrets are gone', () => {
  const start = performance.now();

  const redacted = redactMessage('{"password":"abc","id":"http://a/?b=1"},'.repeat(100_000));

  expect(performance.now() - start).toBeLessThan(1500);
  expect(redacted).toMatch(/^(?:\{"password":\*\*\*,"id":"http:\/\/a\/\?b=1"\},)+.{0,40}…$/);
  expect(redacted.length).toBeLessThan(20_000);
});
