import type { HTTPClientOptions } from '@hdms/http-client';

const { NEXT_URL = '', RETRY_BASE = '0.5', GUARD = 'on', BUDGET = 'on' } = process.env;

/** If false, the hop also retries while it serves a retry, and does not tell its caller that it has retried. */
export const isGuarded = GUARD === 'on';

/** The defaults, except for what the demonstration changes. */
export const clientOptions: HTTPClientOptions = {
  baseURL: NEXT_URL,
  retry: { base: Number(RETRY_BASE), whileServingRetry: !isGuarded, ...(BUDGET !== 'on' && { budget: false }) },
};
