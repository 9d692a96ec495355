// axios with a keep-alive agent.
import http from 'node:http';
import axios from 'axios';
import { AUTHORIZATION } from '../payload.mjs';
import { verbsOf } from './axios-verbs.mjs';

export function create(baseURL, { timeout = 5 } = {}) {
  const httpAgent = new http.Agent({ keepAlive: true });
  const headers = { Authorization: AUTHORIZATION };
  const instance = axios.create({ baseURL, timeout: timeout * 1000, httpAgent, maxBodyLength: Infinity, headers });
  return { ...verbsOf(instance), close: () => httpAgent.destroy() };
}
