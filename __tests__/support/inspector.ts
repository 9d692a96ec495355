import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { startInspector, type InspectorOptions, type RunningInspector } from '../../src/inspector/index';
import type { CallReport, Frame } from '../../src/inspector/report';

const running = new Set<RunningInspector>();

afterEach(async () => {
  for (const one of running) await one.close();
  running.clear();
});

/** An inspector that is closed after the test. */
export async function inspector(options: InspectorOptions = {}): Promise<RunningInspector> {
  const one = await startInspector(options);
  running.add(one);
  return one;
}

export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What a page sends with each request. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as a browser makes it, with the cookie of the inspector. */
export async function open(url: string, path: string, sent: Sent = {}): Promise<Page> {
  const response = await request(url, path, sent);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: Number(response.statusCode), headers: response.headers, text: Buffer.concat(chunks).toString() };
}

export async function request(
  url: string,
  path: string,
  { method = 'GET', headers = {} }: Sent = {},
): Promise<IncomingMessage> {
  const options = { method, headers: { Cookie: cookieOf(url), ...headers }, agent: false };
  return new Promise((resolve, reject) => {
    http.request(new URL(path, url), options, resolve).once('error', reject).end();
  });
}

export function cookieOf(url: string): string {
  return `hdms_inspector=${new URL(url).searchParams.get('key') ?? ''}`;
}

/** Frames of the feed, one after the other. */
export async function* frames(url: string): AsyncGenerator<Frame> {
  const response = await request(url, '/events');
  let rest = '';
  for await (const chunk of response) {
    const events = (rest + String(chunk)).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) yield JSON.parse(event.slice('data: '.length)) as Frame;
  }
}

/** The calls that the feed shows first. */
export async function callsOf(url: string): Promise<readonly CallReport[]> {
  for await (const { calls } of frames(url)) return calls;
  return [];
}
