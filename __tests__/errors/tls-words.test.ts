import { createException } from '../../src/errors/create';
import { describeTLSError, shortenTLSMessage } from '../../src/errors/tls-words';

/** An error of Node's `tls`, as `node:http` and undici report it. */
function errorOf(message: string, facts: object = {}): Error {
  return Object.assign(new Error(message), facts);
}

const openssl = (reason: string, library = 'SSL routines'): string =>
  `write EPROTO C0DCE8E0E87F0000:error:0A00010B:${library}:function:${reason}:../deps/openssl/file.c:77:\n`;

test.each([
  ['wrong version number', 'that port does not speak TLS'],
  ['packet length too long', 'that port does not speak TLS'],
  ['http request', 'that port does not speak TLS'],
  ['tlsv1 alert protocol version', 'client and server have no TLS version in common'],
  ['unsupported protocol', 'client and server have no TLS version in common'],
  ['no shared cipher', 'client and server have no cipher in common'],
  ['sslv3 alert handshake failure', 'the server refused the handshake: no cipher in common, or it requires a client certificate, which goes into `httpsAgent`'],
  ['ssl/tls alert handshake failure', 'the server refused the handshake: no cipher in common, or it requires a client certificate, which goes into `httpsAgent`'],
  ['tlsv13 alert certificate required', 'the server requires a client certificate: pass `httpsAgent: new https.Agent({ cert, key })`'],
  ['tlsv1 alert unknown ca', 'the server does not trust the CA of the client certificate'],
  ['sslv3 alert certificate expired', 'the client certificate has expired'],
  ['ssl/tls alert certificate revoked', 'the client certificate has been revoked'],
  ['sslv3 alert bad certificate', 'the server does not accept the client certificate'],
  ['ssl/tls alert certificate unknown', 'the server does not accept the client certificate'],
  ['sslv3 alert unsupported certificate', 'the server does not accept the client certificate'],
  ['tlsv1 alert access denied', 'the server does not accept the client certificate'],
  ['tlsv1 unrecognized name', 'the server has no certificate for this host name'],
  ['tlsv1 alert no application protocol', 'client and server have no application protocol in common'],
  ['certificate verify failed', "the server's certificate is not trusted"],
  ['dh key too small', "the server's key or signature is too weak"],
  ['unsafe legacy renegotiation disabled', 'the server supports only unsafe renegotiation'],
  ['tlsv1 alert internal error', 'the server failed during the handshake'],
  ['unexpected eof while reading', 'the server closed the connection during TLS'],
  ['decryption failed or bad record mac', 'the encrypted data was damaged on its way'],
  ['something new', 'TLS could not be established'],
])('"%s" is a sentence, for both transports', (reason, sentence) => {
  expect(describeTLSError(errorOf(openssl(reason), { code: 'EPROTO' }))).toBe(`${sentence} (${reason})`);
  expect(describeTLSError(errorOf('x', { code: 'ERR_SSL_X', reason }))).toBe(`${sentence} (${reason})`);
}); // prettier-ignore

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /is a self-signed certificate that is not trusted/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /from a CA that is not trusted/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /unknown CA/],
  ['CERT_HAS_EXPIRED', /has expired/],
  ['CERT_NOT_YET_VALID', /not valid yet/],
])('%s is a sentence without advice about command-line options', (code, sentence) => {
  const message = 'x; if the root CA is installed locally, try running Node.js with --use-system-ca';

  expect(describeTLSError(errorOf(message, { code }))).toMatch(sentence);
  expect(describeTLSError(errorOf(message, { code }))).not.toMatch('--use');
});

test.each([
  ['other.example', 'other.example'],
  ['a, DNS:b', 'a, b'],
  ['x'.repeat(5000), `${'x'.repeat(200)}…`],
])('a certificate for another host is named, of %# only so much', (names, shown) => {
  const reason = `Host: users. is not in the cert's altnames: DNS:${names}`;
  const error = errorOf('x', { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason, host: 'users' });

  expect(describeTLSError(error)).toBe(`the server's certificate is for ${shown}, not for users`);
});

test('a certificate that has no names is for another host', () => {
  const error = errorOf('x', { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason: 'Cert is empty', host: 'users' });

  expect(describeTLSError(error)).toBe("the server's certificate is for another host, not for users");
});

test.each([
  errorOf('connect ECONNREFUSED', { code: 'ECONNREFUSED', reason: 'refused' }),
  errorOf('read ECONNRESET', { code: 'toString' }),
  errorOf('no code'),
  errorOf('write EPROTO', { code: 'EPROTO' }),
  errorOf('x', { code: 'ERR_SSL_X' }),
])('%s is not put into other words', (error) => {
  expect(describeTLSError(error)).toBeUndefined();
});

test.each([
  [openssl('wrong version number'), 'EPROTO', 'write EPROTO: wrong version number'],
  [
    openssl('wrong version number').replace('write EPROTO ', ''),
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'wrong version number',
  ],
  ['connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'],
])('the message %j of a cause is shortened, and the sentence stays the same', (message, code, short) => {
  const error = errorOf(message, { code, ...(code.startsWith('ERR_SSL') && { reason: 'wrong version number' }) });
  const sentence = describeTLSError(error);

  shortenTLSMessage(error);

  expect(error.message).toBe(short);
  expect(error.stack).toContain(message);
  expect(describeTLSError(error)).toBe(sentence);
});

test('a cause has no words of OpenSSL in its message', () => {
  const cause = errorOf(openssl('wrong version number'), { code: 'EPROTO' });

  expect(createException('TLS_FAILED', { cause }).cause).toBe(cause);
  expect(cause.message).toBe('write EPROTO: wrong version number');
  expect(() => createException('TLS_FAILED', { cause: Object.freeze(errorOf(openssl('x'))) })).not.toThrow();
});
