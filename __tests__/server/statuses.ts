import type { ErrorCode } from '../../src/index';

/** What a service is to answer, by the code of the failure that made it. */
export const STATUSES: Readonly<Record<number, readonly ErrorCode[]>> = {
  500: ['INVALID_URL', 'INVALID_HEADER', 'INVALID_BODY', 'INVALID_OPTION', 'SCHEMA_FAILED', 'INTERCEPTOR_FAILED'],
  502: [
    ...(['CONNECTION_REFUSED', 'HOST_NOT_FOUND', 'CONNECTION_RESET', 'CONNECTION_CLOSED'] as const),
    ...(['STALE_CONNECTION', 'CONNECTION_FAILED', 'BODY_TRUNCATED', 'PROTOCOL_ERROR', 'HEADERS_TOO_LARGE'] as const),
    ...(['PROXY_UNAVAILABLE', 'PROXY_REFUSED'] as const),
    ...(['CERTIFICATE_INVALID', 'TLS_FAILED', 'CLIENT_ERROR', 'SERVER_ERROR', 'UNEXPECTED_STATUS'] as const),
    ...(['TOO_MANY_REDIRECTS', 'REDIRECT_REFUSED', 'CONTENT_DECODING_FAILED', 'RESPONSE_TOO_LARGE'] as const),
    ...(['JSON_EMPTY', 'JSON_INVALID', 'RESPONSE_INVALID', 'TOKEN_UNAVAILABLE', 'TOKEN_INVALID'] as const),
    ...(['KEYS_UNAVAILABLE', 'REQUEST_FAILED'] as const),
  ],
  503: [
    ...(['TOO_MANY_REQUESTS', 'CANCELLED'] as const),
    ...(['CIRCUIT_OPEN', 'QUEUE_FULL', 'ORIGIN_CLOSED', 'RATE_LIMITED'] as const),
  ],
  504: ['TIMEOUT', 'DEADLINE_EXCEEDED'],
};

/** The same row by row. */
export const ROWS = Object.entries(STATUSES).flatMap(([status, codes]) =>
  codes.map((code) => [code, Number(status)] as const),
);
