import axios, { type AxiosInstance } from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';
import { HTTPClient, type HTTPClientOptions } from '@hdms/http-client';

export const AXIOS = 'axios + axios-retry';
export const OURS = 'this client';

/** How the two functions below configure them, for the reader of the output. */
export const SETTINGS = {
  [AXIOS]: 'axios.create({ timeout: 5000 })\naxiosRetry(http, {\n  retries: 3,\n  retryDelay: exponentialDelay\n})',
  [OURS]:
    'new HTTPClient({ retry: { base: 0.2 } })\ntimeout and retries by default; the waits as above: 0.2, 0.4 and 0.8 s',
};

/** axios with axios-retry, as most services configure it. */
export function axiosWithRetry(): AxiosInstance {
  // The services are on this machine.
  const http = axios.create({ timeout: 5000, proxy: false });
  axiosRetry(http, { retries: 3, retryDelay: exponentialDelay });
  return http;
}

/** This client. `exponentialDelay` waits for 0.2, 0.4 and 0.8 s, so it does too. */
export function thisClient(options: HTTPClientOptions = {}): HTTPClient {
  return new HTTPClient({ token: null, retry: { base: 0.2 }, ...options });
}
