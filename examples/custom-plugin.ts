/** Two plugins: one in the call ring, which runs once per call, and one in the attempt ring, which runs per attempt. */
import assert from 'node:assert/strict';
import { HTTPClient, type Plugin } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

interface UserAgentOptions {
  /** Name of the calling service. */
  readonly service: string;
}

/** Sends the name of the calling service. */
function userAgent({ service }: UserAgentOptions): Plugin {
  return {
    name: 'user-agent',
    ring: 'call',
    install(http) {
      http.interceptors.request.use((config) => {
        config.headers.set('User-Agent', service);
        return config;
      });
    },
  };
}

/** Numbers the attempts of a call, for the logs of the server. */
function attemptHeader(): Plugin {
  return {
    name: 'attempt-header',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use((config) => {
        config.headers.set('X-Attempt', String((config.call?.attempts.length ?? 0) + 1));
        return config;
      });
    },
  };
}

example(async () => {
  const api = await startService([{ status: 503 }, { status: 503 }, { status: 200 }]);
  const client = new HTTPClient({ plugins: [userAgent({ service: 'billing' })], retry: { base: 0.02 } });
  client.use(attemptHeader());

  await client.get(api.url);

  const seen = api.requests.map(({ headers }) => `${headers['user-agent'] ?? ''} ${String(headers['x-attempt'])}`);
  console.log(seen);
  assert.deepEqual(seen, ['billing 1', 'billing 2', 'billing 3']);
  client.close();
});
