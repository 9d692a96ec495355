import { create as createWith } from './hdms.mjs';

export const create = (baseURL, { timeout }) =>
  createWith(baseURL, { timeout, features: { retry: { budget: false }, backpressure: false } });
