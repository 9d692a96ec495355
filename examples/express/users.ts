import { HTTPClient } from '@hdms/http-client';
import { z } from 'zod';

/** The fields of a user that we read; the users service may send more. */
const User = z.object({ id: z.string(), name: z.string() });

/** The users service, for the rest of this service. Its token comes from SERVICE_AUTH_TOKEN. */
export class Users {
  readonly #client: HTTPClient;

  constructor(baseURL: string) {
    this.#client = new HTTPClient({ baseURL, timeout: 1, retryAttempts: 2, retry: { base: 0.05 } });
  }

  /** @throws RequestException, also if the response is not a user */
  async byId(id: string): Promise<z.infer<typeof User>> {
    return this.#client.getJson('/users/{id}', { pathParams: { id }, schema: User });
  }

  close(): void {
    this.#client.close();
  }
}
