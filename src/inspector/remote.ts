import http, { type IncomingMessage } from 'node:http';
import { cookieFor } from './access';
import type { CallReport, Frame } from './report';

/** Where an inspector runs, and what opens it. */
export interface Address {
  readonly url: URL;
  readonly key: string;
}

/** Also refuses the `…` of the docs, which cannot be sent in a header. */
const KEY = /^[\w-]+$/;

/** @throws TypeError if the address is not that of an inspector */
export function openInspector(address: string): Address {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const key = url?.searchParams.get('key');
  if (url?.protocol !== 'http:' || key === null || key === undefined || !KEY.test(key)) {
    throw new TypeError('The address must be the one that the inspector printed: http://127.0.0.1:<port>/?key=<key>');
  }
  url.search = '';
  return { url, key };
}

/** @throws Error that says why there is none */
export async function readHAR(address: Address): Promise<string> {
  const response = await get(address, 'har');
  return text(response);
}

/** The calls that end from now on, and those that are kept. It ends when the service does. */
export async function* followFeed(address: Address): AsyncGenerator<CallReport> {
  const response = await get(address, 'events');
  const seen = new Set<number>();
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const events = (rest + String(chunk)).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const frame = JSON.parse(event.slice('data: '.length)) as Frame;
      for (const call of frame.calls) {
        if (call.state === 'open' || seen.has(call.key)) continue;
        seen.add(call.key);
        yield call;
      }
      for (const key of seen) if (key < frame.oldest) seen.delete(key);
    }
  }
}

async function get({ url, key }: Address, path: string): Promise<IncomingMessage> {
  const headers = { Cookie: cookieFor(key, '/').split(';')[0] };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    http.get(new URL(path, url), { headers }, resolve).once('error', (cause) => {
      reject(new Error(`No inspector can be reached at ${url.origin}: ${cause.message}`, { cause }));
    });
  });
  if (response.statusCode === 200) return response;
  throw new Error(`The inspector responded with ${response.statusCode}: ${await text(response)}`);
}

async function text(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let all = '';
  for await (const chunk of response) all += String(chunk);
  return all;
}
