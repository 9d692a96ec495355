import { HTTPClient } from '@hdms/http-client';
import { undici } from '@hdms/http-client/undici';

/** @param features options of the client that the scenario is about */
export function create(baseURL, { timeout, transport, features }) {
  const over = transport === 'undici' ? undici() : transport;
  const client = new HTTPClient({ baseURL, timeout, retryAttempts: 3, transport: over, ...features });
  return (path) => client.getJson(path);
}
