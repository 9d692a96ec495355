import { createException } from '../../errors/create';
import { jsonObject } from '../issuer/json-object';
import { TokenClient } from '../issuer/token-client';

/** Seconds that one attempt may take. */
const TIMEOUT = 5;

/**
 * Gets a key set, with a client of its own that sends no token.
 *
 * @param isUrgent whether to retry
 * @throws RequestException if it does not come, or is none
 */
export async function fetchKeySet(url: string, isUrgent: boolean): Promise<object> {
  const client = new TokenClient(TIMEOUT);
  try {
    const { data, call } = await client.send('GET', url, () => ({ headers: { Accept: 'application/json' } }), isUrgent);
    const set = jsonObject(data);
    if (Array.isArray(set?.['keys'])) return set;
    throw createException('REQUEST_FAILED', { call, sent: 'yes', detail: 'what came is no key set (RFC 7517)' });
  } finally {
    // It is rare enough for a connection of its own.
    client.close();
  }
}
