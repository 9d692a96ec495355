import { undici } from '@hdms/http-client/undici';
import { createWith } from './hdms.mjs';

export const create = (baseURL, options) => createWith(undici(), baseURL, options);
