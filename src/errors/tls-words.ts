/** What OpenSSL reports, by its reason in lower case, in words that name the cause. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/wrong version number|packet length too long|record layer failure|unknown protocol|^http request|https proxy request/, 'that port does not speak TLS'],
  [/protocol version|unsupported protocol|no protocols available|version too low|inappropriate fallback/, 'client and server have no TLS version in common'],
  [/no shared cipher|no ciphers available|no cipher match|insufficient security/, 'client and server have no cipher in common'],
  [/handshake failure/, 'the server refused the handshake: no cipher in common, or it requires a client certificate, which goes into `httpsAgent`'],
  [/certificate required|peer did not return a certificate/, 'the server requires a client certificate: pass `httpsAgent: new https.Agent({ cert, key })`'],
  [/alert certificate expired/, 'the client certificate has expired'],
  [/alert certificate revoked/, 'the client certificate has been revoked'],
  [/alert unknown ca/, 'the server does not trust the CA of the client certificate'],
  [/alert (?:bad|unsupported) certificate|alert certificate unknown|alert access denied/, 'the server does not accept the client certificate'],
  [/unrecognized name/, 'the server has no certificate for this host name'],
  [/no application protocol/, 'client and server have no application protocol in common'],
  [/certificate verify failed/, "the server's certificate is not trusted"],
  [/(?:dh|ee|ca) key too small|md too weak/, "the server's key or signature is too weak"],
  [/unsafe legacy renegotiation/, 'the server supports only unsafe renegotiation'],
  [/alert internal error/, 'the server failed during the handshake'],
  [/unexpected eof/, 'the server closed the connection during TLS'],
  [/bad record mac|decryption failed|decrypt error/, 'the encrypted data was damaged on its way'],
]; // prettier-ignore

/** Why a certificate is not trusted, by Node's code. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is a self-signed certificate that is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is from a CA that is not trusted (self-signed certificate in chain)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate is from an unknown CA, or the server does not send its intermediate certificates",
  UNABLE_TO_GET_ISSUER_CERT: "the server's certificate is from an unknown CA",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate is from an unknown CA, or the server does not send its intermediate certificates",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet",
  CERT_REVOKED: "the server's certificate has been revoked",
  CERT_SIGNATURE_FAILURE: "the signature of the server's certificate is wrong",
  INVALID_PURPOSE: "the server's certificate is not meant for servers",
  HOSTNAME_MISMATCH: "the server's certificate is for another host",
}; // prettier-ignore

/**
 * Node 20 to 26: `error:0A00010B:SSL routines:function:reason:file:line:`, or `reason` alone. The id of the thread in front has an
 * upper limit, because each message of a foreign error is searched, and a run of hex digits would take the square of its length.
 */
const DUMP = /(?:[\dA-F]{8,16}:)?error:[\dA-F]{8,}:[^:]*:[^:]*:([^:]+)(?::[^]*)?/i;

/** Characters of the names that a certificate is for, of which there may be hundreds. */
const MAX_NAMES = 200;

interface TLSError extends Error {
  readonly code?: unknown;
  readonly host?: unknown;
  readonly reason?: unknown;
}

/** A sentence for an error of TLS; `undefined` if it is another error. */
export function describeTLSError(error: TLSError): string | undefined {
  const { code, message } = error;
  // It has been described already, by the code for proxies.
  if (error.cause !== undefined) return undefined;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return describeMismatch(error);
  const byCode = typeof code === 'string' && Object.hasOwn(CERTIFICATES, code) ? CERTIFICATES[code] : undefined;
  if (byCode !== undefined) return byCode;
  const reason = DUMP.exec(message)?.[1] ?? reasonOf(error);
  if (reason === undefined) return undefined;
  const sentence = REASONS.find(([pattern]) => pattern.test(reason.toLowerCase()))?.[1];
  return `${sentence ?? 'TLS could not be established'} (${reason})`;
}

/**
 * Leaves only the reason in the message of an error of TLS. Loggers append the messages of causes, and the sentence is there
 * already. The stack keeps the words of OpenSSL.
 */
export function shortenTLSMessage(error: Error): void {
  const short = error.message.replace(DUMP, '$1').replace(/EPROTO\s+/, 'EPROTO: ');
  if (short === error.message) return;
  // Some tools format the stack from the message when it is read first.
  const { stack } = error;
  // A frozen error stays as it is.
  if (Reflect.set(error, 'message', short)) Reflect.set(error, 'stack', stack);
}

function reasonOf({ code, reason, message }: TLSError): string | undefined {
  // Of an error that is the cause of several exceptions, and was shortened for the first one.
  if (code === 'EPROTO') return /EPROTO: (.+)/.exec(message)?.[1];
  return typeof code === 'string' && code.startsWith('ERR_SSL_') && typeof reason === 'string' ? reason : undefined;
}

function describeMismatch({ host, reason }: TLSError): string {
  const names = /altnames: (.*)$/s.exec(String(reason))?.[1]?.replaceAll('DNS:', '') ?? '';
  const others = names.length > MAX_NAMES ? `${names.slice(0, MAX_NAMES)}…` : names;
  const known = others === '' ? 'another host' : others;
  return `the server's certificate is for ${known}, not for ${String(host)}`;
}
