import type { RequestListener, ServerResponse } from 'node:http';

/** Milliseconds that a token request takes: the issuer checks a hash of the client's secret, one after the other. */
const WORK = 20;

/** Issues tokens, and knows which of them are valid. */
export class Issuer {
  requests = 0;
  #valid = new Set<string>();
  #idleAt = 0;

  /** The token endpoint. */
  readonly listener: RequestListener = (request, response) => {
    request.resume();
    const token = `token-${++this.requests}`;
    this.#idleAt = Math.max(this.#idleAt, performance.now()) + WORK;
    setTimeout(() => {
      this.#valid.add(token);
      sendJSON(response, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
    }, this.#idleAt - performance.now());
  };

  /** An API that accepts its tokens. */
  readonly api: RequestListener = ({ headers }, response) => {
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    response.writeHead(this.#valid.has(token) ? 200 : 401).end();
  };

  /** Revokes all tokens. */
  revoke(): void {
    this.#valid.clear();
  }
}

function sendJSON(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
}
