/** NestJS: `HttpService` around `client.axios` gives existing injections tokens, retries and exceptions. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { HttpService } from '@nestjs/axios';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import { firstValueFrom, map, type Observable } from 'rxjs';
import { example } from './support/example';
import { startService } from './support/service';

/** Any of your services that injects HttpService; with `@Injectable()` in a module. */
class UsersService {
  constructor(private readonly http: HttpService) {}

  name(id: string): Observable<string> {
    return this.http.get<{ name: string }>(`/users/${id}`).pipe(map(({ data }) => data.name));
  }
}

example(async () => {
  const users = await startService(({ url }) => {
    if (users.requests.length === 1) return { status: 503 };
    return url === '/users/123' ? { json: { name: 'Ada Lovelace' } } : { status: 404 };
  });
  const client = new HTTPClient({ baseURL: users.url, token: 'secret', retry: { base: 0.02 } });

  // In a module: { provide: HttpService, useFactory: () => new HttpService(client.axios) }
  const service = new UsersService(new HttpService(client.axios));

  const name = await firstValueFrom(service.name('123'));
  console.log(
    `${name}, after ${users.requests.length} attempts, each with ${users.requests[0]?.headers.authorization ?? 'none'}`,
  );
  assert.equal(name, 'Ada Lovelace');
  assert.equal(users.requests.length, 2);

  await assert.rejects(firstValueFrom(service.name('999')), (error) => isHTTPError(error) && error.status === 404);
  client.close();
});
