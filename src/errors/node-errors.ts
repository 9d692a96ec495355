import type { ErrorCode } from './codes';
import { describeTLSError } from './tls-words';
import { isAggregate, isError } from '../util/is-error';

/** The codes of Node, of undici and of the libraries below them, and what each means to a caller. */
const BY_CODE = new Map<string, ErrorCode>(
  Object.entries({
    ECONNREFUSED: 'CONNECTION_REFUSED',
    ENOTFOUND: 'HOST_NOT_FOUND',
    EAI_AGAIN: 'HOST_NOT_FOUND',
    EAI_FAIL: 'HOST_NOT_FOUND',
    EAI_NODATA: 'HOST_NOT_FOUND',
    EAI_NONAME: 'HOST_NOT_FOUND',
    ENODATA: 'HOST_NOT_FOUND',
    ECONNRESET: 'CONNECTION_RESET',
    EPIPE: 'CONNECTION_RESET',
    ETIMEDOUT: 'TIMEOUT',
    EHOSTUNREACH: 'CONNECTION_FAILED',
    EHOSTDOWN: 'CONNECTION_FAILED',
    ENETUNREACH: 'CONNECTION_FAILED',
    ENETDOWN: 'CONNECTION_FAILED',
    ENETRESET: 'CONNECTION_FAILED',
    EADDRNOTAVAIL: 'CONNECTION_FAILED',
    EMFILE: 'CONNECTION_FAILED',
    ENOENT: 'CONNECTION_FAILED',
    EACCES: 'CONNECTION_FAILED',
    // Node's permission model, which the next attempt meets as well.
    ERR_ACCESS_DENIED: 'REQUEST_FAILED',
    UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
    UND_ERR_SOCKET: 'CONNECTION_CLOSED',
    UND_ERR_PRX_TLS: 'TLS_FAILED',
    UND_ERR_CLOSED: 'CONNECTION_FAILED',
    UND_ERR_DESTROYED: 'CONNECTION_FAILED',
    UND_ERR_HEADERS_OVERFLOW: 'HEADERS_TOO_LARGE',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'BODY_TRUNCATED',
    UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'INVALID_BODY',
    ERR_STRING_TOO_LONG: 'RESPONSE_TOO_LARGE',
    ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'INVALID_BODY',
    UND_ERR_INVALID_ARG: 'INVALID_HEADER',
    HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
    ERR_INVALID_CHAR: 'INVALID_HEADER',
    ERR_HTTP_INVALID_HEADER_VALUE: 'INVALID_HEADER',
    ERR_INVALID_HTTP_TOKEN: 'INVALID_HEADER',
    ERR_UNESCAPED_CHARACTERS: 'INVALID_URL',
    ERR_INVALID_URL: 'INVALID_URL',
    ERR_INVALID_PROTOCOL: 'INVALID_URL',
    ERR_INVALID_PROXY: 'INVALID_OPTION',
    ERR_PROXY_REFUSED: 'PROXY_REFUSED',
    ERR_PROXY_UNAVAILABLE: 'PROXY_UNAVAILABLE',
    ERR_HTTP2_INVALID_CONNECTION_HEADERS: 'INVALID_HEADER',
    EPROTO: 'TLS_FAILED',
    // Node has no names for some of OpenSSL's reasons, such as a key that is too weak.
    UNSPECIFIED: 'CERTIFICATE_INVALID',
    HOSTNAME_MISMATCH: 'CERTIFICATE_INVALID',
    ERR_TLS_CERT_ALTNAME_INVALID: 'CERTIFICATE_INVALID',
  }),
);

const BY_PATTERN: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^HPE_/, 'PROTOCOL_ERROR'],
  // The names of OpenSSL: https://nodejs.org/api/tls.html#x509-certificate-error-codes
  [
    /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|ERROR_IN_C)/,
    'CERTIFICATE_INVALID',
  ],
  [/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_)/, 'TLS_FAILED'],
  [/^(Z_|ZSTD_|ERR_ZSTD|ERR_BROTLI|ERR__ERROR_FORMAT_|ERR_PADDING|ERR_ZLIB)/, 'CONTENT_DECODING_FAILED'],
];

/** The code for a Node error; `undefined` if the error is unknown. */
export function codeOfNodeError(error: Error): ErrorCode | undefined {
  const code = codeOfRoot(rootOf(error));
  const isCutOff = isTerminated(error) && (code === 'CONNECTION_RESET' || code === 'CONNECTION_CLOSED');
  return isCutOff ? 'BODY_TRUNCATED' : code;
}

function codeOfRoot(root: NodeJS.ErrnoException): ErrorCode | undefined {
  const { code } = root;
  // undici's parser sets a code for some errors only.
  if (root.name === 'HTTPParserError') return 'PROTOCOL_ERROR';
  if (typeof code !== 'string') return codeByStack(root);
  // undici's name for responses that it does not take: an unrequested 100 Continue or 101 Switching Protocols.
  if (code === 'UND_ERR_SOCKET' && root.message.startsWith('bad ')) return 'PROTOCOL_ERROR';
  // nghttp2's name for the same, such as a Content-Length that is not that of the body.
  if (code.startsWith('ERR_HTTP2_') && root.message.includes('NGHTTP2_PROTOCOL_ERROR')) return 'PROTOCOL_ERROR';
  if (code === 'UND_ERR_ABORTED') return codeOfRefusedTunnel(root.message);
  // Node reports ECONNRESET also for a connection closed without a response. Only a real reset has an errno.
  if (code === 'ECONNRESET' && !('errno' in root)) return 'CONNECTION_CLOSED';
  return BY_CODE.get(code) ?? BY_PATTERN.find(([pattern]) => pattern.test(code))?.[1] ?? codeByStack(root);
}

/** Some errors about the caller's certificates have no code of TLS, or none at all: a PFX with a wrong passphrase, an invalid CRL. */
function codeByStack({ stack }: Error): ErrorCode | undefined {
  return /\bcreateSecureContext\b/.test(String(stack)) ? 'TLS_FAILED' : undefined;
}

/** The code for undici's error for a proxy that refused a tunnel; `undefined` for its other errors with that code. */
function codeOfRefusedTunnel(message: string): ErrorCode | undefined {
  const [, status] = /^Proxy response \((\d{3})\)/.exec(message) ?? [];
  if (status === undefined) return undefined;
  return status.startsWith('5') ? 'PROXY_UNAVAILABLE' : 'PROXY_REFUSED';
}

/** The message of a Node error; a sentence if it is one of TLS. Happy Eyeballs has an empty message, but one error for each address that was tried. */
export function describeNodeError(error: Error): string {
  if (!isAggregate(error)) return describeTLSError(error) ?? rootOf(error).message;
  const messages = error.errors.map((inner) =>
    isError(inner) ? (describeTLSError(inner) ?? inner.message) : String(inner),
  );
  return [...new Set(messages)].join('; ');
}

/** The same for an error that the user's code threw, which may have no message at all. */
export function describeThrown(error: Error): string {
  return describeNodeError(error) || error.name;
}

function rootOf(error: Error): NodeJS.ErrnoException {
  if (isAggregate(error) && (error as NodeJS.ErrnoException).code === undefined) {
    const [first] = error.errors;
    if (isError(first)) return first;
  }
  return isTerminated(error) && isError(error.cause) ? error.cause : error;
}

/** What fetch says of a body that breaks off or cannot be decoded. Its cause says which. */
function isTerminated({ name, message }: Error): boolean {
  return name === 'TypeError' && message === 'terminated';
}
