import { Injectable } from '@nestjs/common';
import type { HTTPClient } from '@hdms/http-client';
import { InjectHTTPClient } from '@hdms/http-client/nestjs';
import { z } from 'zod';

/** The fields of a user that we read; the users service may send more. */
const User = z.object({ id: z.string(), name: z.string() });

/** The users service, for the rest of this service. Its token comes from SERVICE_AUTH_TOKEN. */
@Injectable()
export class UsersService {
  constructor(@InjectHTTPClient('users') private readonly client: HTTPClient) {}

  /** @throws RequestException, also if the response is not a user */
  async byId(id: string): Promise<z.infer<typeof User>> {
    return this.client.getJson('/users/{id}', { pathParams: { id }, schema: User });
  }
}
