import { HTTPClient } from '@hdms/http-client';

/** @param features options of the client that the scenario is about */
export function create(baseURL, { timeout, features }) {
  const client = new HTTPClient({ baseURL, timeout, retryAttempts: 3, ...features });
  return (path) => client.getJson(path);
}
