import { createException } from '../../errors/create';
import type { IssuerConnection } from '../issuer/issuer-connection';
import { jsonObject } from '../issuer/json-object';
import { lazy } from '../../util/lazy';

const tokenClient = lazy(() => require('../issuer/token-client') as typeof import('../issuer/token-client'));

/** Seconds that one attempt may take. */
const TIMEOUT = 5;

/**
 * Fetches a key set, with a separate client that sends no token.
 *
 * @param isUrgent whether to retry
 * @throws RequestException if the request fails, or the response is not a key set
 */
export async function fetchKeySet(url: string, isUrgent: boolean, connection: IssuerConnection): Promise<object> {
  const client = new (tokenClient().TokenClient)(TIMEOUT, connection);
  try {
    const { data, call } = await client.send('GET', url, () => ({ headers: { Accept: 'application/json' } }), isUrgent);
    const set = jsonObject(data);
    if (Array.isArray(set?.['keys'])) return set;
    throw createException('REQUEST_FAILED', { call, sent: 'yes', detail: 'the response is not a key set (RFC 7517)' });
  } finally {
    // Fetches are too rare to keep the connection open.
    client.close();
  }
}
