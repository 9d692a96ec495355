// A caller that makes one attempt.
import http from 'node:http';
import axios from 'axios';

export function create(baseURL, { timeout }) {
  const httpAgent = new http.Agent({ keepAlive: true });
  const instance = axios.create({ baseURL, timeout: timeout * 1000, httpAgent });
  return (path) => instance.get(path);
}
