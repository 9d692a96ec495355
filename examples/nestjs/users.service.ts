import { Injectable } from '@nestjs/common';
import type { HTTPClient } from '@hdms/http-client';
import { InjectHTTPClient } from '@hdms/http-client/nestjs';
import { z } from 'zod';

/** What we read of a user; the users service may say more. */
const User = z.object({ id: z.string(), name: z.string() });

/** The users service, as the rest of this service sees it. Its token comes from SERVICE_AUTH_TOKEN. */
@Injectable()
export class UsersService {
  constructor(@InjectHTTPClient('users') private readonly client: HTTPClient) {}

  /** @throws RequestException, also if the answer is not a user */
  async byId(id: string): Promise<z.infer<typeof User>> {
    return this.client.getJson(`/users/${encodeURIComponent(id)}`, { schema: User });
  }
}
