import { create as createWith } from './hdms.mjs';

export const create = (baseURL, options) =>
  createWith(baseURL, { ...options, features: { retry: { budget: false }, backpressure: false } });
