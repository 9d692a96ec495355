/** A gateway passes requests and responses on: status, headers and body, piece by piece. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { listen } from './support/listen';
import { startService } from './support/service';

const text = JSON.stringify({ rules: Array.from({ length: 50 }, (_, index) => `rule ${index}`) });

/** Headers that belong to one connection, not to the message. */
const HOP_BY_HOP = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
];

function endToEnd(headers: IncomingHttpHeaders, ...others: string[]): IncomingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const dropped = new Set([...HOP_BY_HOP, ...named, ...others]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}

example(async () => {
  const rules = await startService(({ url, body }) => ({
    status: url === '/rules' ? 200 : 404,
    headers: { 'Content-Encoding': 'gzip', 'X-Received': String(body.length) },
    body: gzipSync(text),
  }));
  const upstream = new HTTPClient({
    baseURL: rules.url,
    // A request line may hold an absolute URL: `GET http://other-host/ HTTP/1.1`.
    allowAbsoluteUrls: false,
    validateStatus: null,
    maxRedirects: 0,
    retryAttempts: 0,
  });

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
    const { status, headers, data } = await upstream.request<Readable>(request.method ?? 'GET', request.url ?? '/', {
      // A token of the caller would be sent instead of the gateway's own.
      headers: endToEnd(request.headers, 'host', 'expect', 'authorization'),
      data: hasBody ? request : undefined,
      responseType: 'stream',
    });
    // The body is decoded by now, so its headers have neither Content-Encoding nor the length of the encoded body.
    response.writeHead(status, endToEnd(headers as IncomingHttpHeaders));
    await pipeline(data, response);
  }

  const gateway = await listen((request, response) => {
    passOn(request, response).catch(() => response.destroy());
  });

  for (const [method, path] of [
    ['GET', '/rules'],
    ['POST', '/rules'],
    ['GET', '/none'],
  ] as const) {
    // prettier-ignore
    const body = method === 'POST' ? 'a new rule' : null;
    const response = await fetch(gateway.url + path, { method, body });
    const received = await response.text();
    console.log(`${method} ${path}: ${response.status}, ${received.length} of ${text.length} characters`);
    assert.equal(response.headers.get('x-received'), String(body?.length ?? 0));
    assert.equal(received, text);
  }

  upstream.close();
  await gateway.close();
});
