import { HTTPClient } from '@hdms/http-client';
import { z } from 'zod';

/** What we read of a user; the users service may say more. */
const User = z.object({ id: z.string(), name: z.string() });

/** The users service, as the rest of this service sees it. Its token comes from SERVICE_AUTH_TOKEN. */
export class Users {
  readonly #client: HTTPClient;

  constructor(baseURL: string) {
    this.#client = new HTTPClient({ baseURL, timeout: 1, retryAttempts: 2, retry: { base: 0.05 } });
  }

  /** @throws RequestException, also if the answer is not a user */
  async byId(id: string): Promise<z.infer<typeof User>> {
    return this.#client.getJson(`/users/${encodeURIComponent(id)}`, { schema: User });
  }

  close(): void {
    this.#client.close();
  }
}
