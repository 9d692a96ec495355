import type { RequestEnd } from '../events/messages';
import type { EndOfCall } from './recorded-call';

/** The end of a request to an issuer, which is part of no call whose end is published. */
export function issuerEndOf({ call, response, error }: RequestEnd): EndOfCall {
  const { status = 0 } = response ?? {};
  if (error ?? status < 400) return { call, response, error };
  const code = status < 500 ? 'CLIENT_ERROR' : 'SERVER_ERROR';
  const message = `The issuer responded with ${status}`;
  return { call, response, error: { name: 'HTTPError', code, message, cause: undefined, status } };
}
