import type { HTTPClient, HTTPClientOptions } from '../../src/index';
import { getHTTPClientToken, HTTPClientHealth, HTTPClientModule } from '../../src/nestjs/index';
import { type Answer, service } from '../support/service';
import { create } from './running-app';

export const ONCE: HTTPClientOptions = { retryAttempts: 0, timeout: 1 };

/** A client of a scripted service, in a Nest application, and its health. */
export interface Scene {
  readonly users: HTTPClient;
  readonly health: HTTPClientHealth;
}

export async function scene(answers: readonly Answer[], options: HTTPClientOptions = {}): Promise<Scene> {
  const api = await service(answers);
  const app = await create({
    imports: [
      HTTPClientModule.forRoot({ ...ONCE, ...options }),
      HTTPClientModule.forFeature([{ name: 'users', baseURL: api.url }]),
    ],
  });
  return { users: app.get(getHTTPClientToken('users'), { strict: false }), health: app.get(HTTPClientHealth) };
}

/** Calls once, whatever comes of it. */
export async function call(users: HTTPClient, signal?: AbortSignal): Promise<void> {
  await users.get('/users', { ...(signal && { signal }) }).catch(() => undefined);
}
