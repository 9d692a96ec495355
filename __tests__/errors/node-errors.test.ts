import https from 'node:https';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { codeOfNodeError, describeNodeError } from '../../src/errors/node-errors';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';

function nodeError(code: unknown, facts: object = { errno: -1 }): Error {
  return Object.assign(new Error(`it was ${String(code)}`), { code, ...facts });
}

test.each([
  ['ECONNREFUSED', 'CONNECTION_REFUSED'],
  ['ENOTFOUND', 'HOST_NOT_FOUND'],
  ['EAI_AGAIN', 'HOST_NOT_FOUND'],
  ['EAI_FAIL', 'HOST_NOT_FOUND'],
  ['ENODATA', 'HOST_NOT_FOUND'],
  ['ECONNRESET', 'CONNECTION_RESET'],
  ['EPIPE', 'CONNECTION_RESET'],
  ['ETIMEDOUT', 'TIMEOUT'],
  ['EHOSTUNREACH', 'CONNECTION_FAILED'],
  ['ENETUNREACH', 'CONNECTION_FAILED'],
  ['EMFILE', 'CONNECTION_FAILED'],
  ['ENOENT', 'CONNECTION_FAILED'],
  ['ERR_ACCESS_DENIED', 'REQUEST_FAILED'],
  ['HPE_HEADER_OVERFLOW', 'HEADERS_TOO_LARGE'],
  ['HPE_INVALID_CONSTANT', 'PROTOCOL_ERROR'],
  ['HPE_INVALID_CHUNK_SIZE', 'PROTOCOL_ERROR'],
  ['ERR_INVALID_CHAR', 'INVALID_HEADER'],
  ['ERR_HTTP2_INVALID_CONNECTION_HEADERS', 'INVALID_HEADER'],
  ['ERR_INVALID_HTTP_TOKEN', 'INVALID_HEADER'],
  ['ERR_UNESCAPED_CHARACTERS', 'INVALID_URL'],
  ['ERR_INVALID_URL', 'INVALID_URL'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERTIFICATE_INVALID'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'CERTIFICATE_INVALID'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERTIFICATE_INVALID'],
  ['CERT_HAS_EXPIRED', 'CERTIFICATE_INVALID'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'CERTIFICATE_INVALID'],
  ['ERROR_IN_CERT_NOT_AFTER_FIELD', 'CERTIFICATE_INVALID'],
  ['UNSPECIFIED', 'CERTIFICATE_INVALID'],
  ['EPROTO', 'TLS_FAILED'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED'],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS_FAILED'],
  ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'TLS_FAILED'],
  ['Z_DATA_ERROR', 'CONTENT_DECODING_FAILED'],
  ['Z_BUF_ERROR', 'CONTENT_DECODING_FAILED'],
  ['ERR__ERROR_FORMAT_PADDING_1', 'CONTENT_DECODING_FAILED'],
  ['ERR_INVALID_PROXY', 'INVALID_OPTION'],
  ['ERR_PROXY_REFUSED', 'PROXY_REFUSED'],
  ['ERR_PROXY_UNAVAILABLE', 'PROXY_UNAVAILABLE'],
  ['UND_ERR_PRX_TLS', 'TLS_FAILED'],
  ['UND_ERR_ABORTED', undefined],
  ['ERR_INVALID_ARG_TYPE', undefined],
  ['SOMETHING', undefined],
  ['', undefined],
  [23, undefined],
  [undefined, undefined],
])('%s means %s', (code, meaning) => {
  expect(codeOfNodeError(nodeError(code))).toBe(meaning);
});

test("what Node's permission model forbids is not tried again", async () => {
  const denied = Object.assign(new Error('getaddrinfo ERR_ACCESS_DENIED api.test'), { code: 'ERR_ACCESS_DENIED' });
  const client = new HTTPClient({ retry: { base: 0.001 }, lookup: async () => Promise.reject(denied) });

  const error = await failure(client.get('http://api.test/'));

  expect(error).toMatchObject({ code: 'REQUEST_FAILED', retryable: false, sent: 'no', attempts: [{}] });
  expect(error.message).toContain('ERR_ACCESS_DENIED');
});

test.each([
  ['UND_ERR_SOCKET', 'bad response', 'PROTOCOL_ERROR'],
  ['UND_ERR_SOCKET', 'other side closed', 'CONNECTION_CLOSED'],
  ['ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_PROTOCOL_ERROR', 'PROTOCOL_ERROR'],
  ['UND_ERR_ABORTED', 'Proxy response (503) !== 200 when HTTP Tunneling', 'PROXY_UNAVAILABLE'],
  ['UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling', 'PROXY_REFUSED'],
])('%s with "%s" means %s', (code, message, meaning) => {
  expect(codeOfNodeError(Object.assign(new Error(message), { code }))).toBe(meaning);
});

test('an error of the parser of undici that has no code is one of the protocol', () => {
  expect(codeOfNodeError(Object.assign(new Error('bad'), { name: 'HTTPParserError' }))).toBe('PROTOCOL_ERROR');
});

test('a hang-up has the code of a reset, but no errno', () => {
  expect(codeOfNodeError(nodeError('ECONNRESET', {}))).toBe('CONNECTION_CLOSED');
});

describe('happy eyeballs', () => {
  const refused = nodeError('ECONNREFUSED');
  const unreachable = nodeError('ENETUNREACH');

  test('means what the first address says', () => {
    expect(codeOfNodeError(new AggregateError([refused, unreachable]))).toBe('CONNECTION_REFUSED');
    expect(codeOfNodeError(new AggregateError([unreachable, refused]))).toBe('CONNECTION_FAILED');
  });

  test('means what its own code says, where it has one', () => {
    const error = Object.assign(new AggregateError([unreachable]), { code: 'ECONNREFUSED' });

    expect(codeOfNodeError(error)).toBe('CONNECTION_REFUSED');
  });

  test.each([[[]], [['text']]])('means nothing where no address says anything: %j', (errors) => {
    expect(codeOfNodeError(new AggregateError(errors))).toBeUndefined();
  });

  test('reset at every address is a reset, closed at every address is a hang-up', () => {
    expect(codeOfNodeError(new AggregateError([nodeError('ECONNRESET')]))).toBe('CONNECTION_RESET');
    expect(codeOfNodeError(new AggregateError([nodeError('ECONNRESET', {})]))).toBe('CONNECTION_CLOSED');
  });

  test('is described by what was said of each address, once', () => {
    const error = new AggregateError([refused, unreachable, nodeError('ECONNREFUSED'), 'text'], '');

    expect(describeNodeError(error)).toBe('it was ECONNREFUSED; it was ENETUNREACH; text');
  });
});

test('any other error is described by its message', () => {
  expect(describeNodeError(new Error('why'))).toBe('why');
});

test.each([
  ['UND_ERR_SOCKET', 'BODY_TRUNCATED'],
  ['Z_DATA_ERROR', 'CONTENT_DECODING_FAILED'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'BODY_TRUNCATED'],
  ['UNKNOWN', undefined],
])('what terminates a body of fetch with %s is %s', (code, expected) => {
  const error = new TypeError('terminated', { cause: Object.assign(new Error('why'), { code }) });

  expect(codeOfNodeError(error)).toBe(expected);
  expect(describeNodeError(error)).toBe('why');
});

test('what terminates a body of fetch without a cause is unknown', () => {
  expect(codeOfNodeError(new TypeError('terminated'))).toBeUndefined();
});

test('a stream of HTTP/2 that broke the protocol is a protocol error, others are not', () => {
  const broken = (name: string): Error =>
    Object.assign(new Error(`Stream closed with error code ${name}`), { code: 'ERR_HTTP2_STREAM_ERROR' });

  expect(codeOfNodeError(broken('NGHTTP2_PROTOCOL_ERROR'))).toBe('PROTOCOL_ERROR');
  expect(codeOfNodeError(broken('NGHTTP2_REFUSED_STREAM'))).toBeUndefined();
});

describe.each<[string, RequestOptions]>([
  ['http', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
])('over %s', (_, options) => {
  test.each<[string, https.AgentOptions, RegExp]>([
    ['a certificate that is no PEM', { cert: 'no PEM' }, /no start line/],
    ['a key that is no PEM', { key: 'no PEM' }, /unsupported|no start line/],
    ['a key of the wrong type', { key: 5 as never }, /"options.key" property/],
    ['a PFX that is none', { pfx: 'no PFX' }, /header too long|not enough data|wrong tag/],
  ])('%s is TLS_FAILED, and not tried again', async (__, agentOptions, message) => {
    const client = new HTTPClient({ retry: { base: 0.001 }, httpsAgent: new https.Agent(agentOptions) });

    const error = await failure(client.get('https://127.0.0.1:1/', options));

    expect(error).toMatchObject({ name: 'SSLError', code: 'TLS_FAILED', retryable: false, retries: 0 });
    expect(error.message).toMatch(message);
  });

  test('a key that does not match the certificate is TLS_FAILED, and not tried again', async () => {
    const [{ cert }, { key }] = [await certificateFor('localhost'), await certificateFor('127.0.0.1')];
    const client = new HTTPClient({ retry: { base: 0.001 }, httpsAgent: new https.Agent({ cert, key }) });

    const error = await failure(client.get('https://127.0.0.1:1/', options));

    expect(error).toMatchObject({ name: 'SSLError', code: 'TLS_FAILED', retryable: false, retries: 0 });
    expect(error.message).toContain('key values mismatch');
  });
});
