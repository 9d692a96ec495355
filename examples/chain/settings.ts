import type { HTTPClientOptions } from '@hdms/http-client';

const { NEXT_URL = '', RETRY_BASE = '0.5', GUARD = 'on' } = process.env;

/** Off for a service that thinks only of itself: it retries whoever it serves, and does not say that it has. */
export const isGuarded = GUARD === 'on';

/** The defaults, but for how long a demonstration takes. */
export const clientOptions: HTTPClientOptions = {
  baseURL: NEXT_URL,
  retry: { base: Number(RETRY_BASE), whileServingRetry: !isGuarded },
};
