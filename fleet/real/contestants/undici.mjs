import { Agent, request, RetryAgent } from 'undici';

export function create(baseURL, { timeout }) {
  const clocks = { headersTimeout: timeout * 1000, bodyTimeout: timeout * 1000 };
  const dispatcher = new RetryAgent(new Agent(clocks), { maxRetries: 3, minTimeout: 500, timeoutFactor: 2 });
  return async (path) => {
    const { statusCode, body } = await request(baseURL + path, { dispatcher });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return JSON.parse(text);
  };
}
