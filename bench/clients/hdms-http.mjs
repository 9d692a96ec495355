import { createWith } from './hdms.mjs';

export const create = (baseURL, options) => createWith('http', baseURL, options);
