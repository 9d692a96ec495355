import type { IncomingMessage, ServerResponse } from 'node:http';

type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => unknown;

const ETAG = '"v1"';
const LAST_PAGE = '2';
const LINES = '{"id":"1"}\n{"id":"2"}\n';
/** Polls of each job. */
const polls = new Map<string, number>();

/** Services whose response depends on more than the path: two pages, a job that takes a while, an ETag. */
const HANDLERS: readonly (readonly [RegExp, Handler])[] = [
  [/\/events$/, ({ searchParams }) => ({ items: [{ id: '7' }], next: searchParams.has('cursor') ? undefined : 'abc' })],
  [/\/commits$/, linkedPage],
  [/\/jobs\/\w+$/, ({ pathname }) => ({ state: isSecondPoll(pathname) ? 'done' : 'running', result: '/reports/7' })],
  [/\/catalogue$/, conditional],
  [/\/login$/, login],
  [/\/account$/, (_url, { headers: { cookie = '' } }) => ({ cookie })],
  [/\/graphql$/, () => ({ data: { user: { id: '123', name: 'Ada Lovelace' } } })],
  [/\/export$/, (_url, _request, response) => response.end(LINES)],
];

/** @returns the body; `undefined` if the path is not special */
export function specialResponse(request: IncomingMessage, response: ServerResponse): unknown {
  const url = new URL(request.url ?? '/', 'http://world');
  const [, handler] = HANDLERS.find(([pattern]) => pattern.test(url.pathname)) ?? [];
  return handler?.(url, request, response);
}

function linkedPage({ searchParams }: URL, _request: IncomingMessage, response: ServerResponse): unknown {
  if (searchParams.get('page') !== LAST_PAGE) {
    response.setHeader('Link', `</commits?page=${LAST_PAGE}>; rel="next", </commits?page=${LAST_PAGE}>; rel="last"`);
  }
  return [{ id: '7' }];
}

function conditional(_url: URL, { headers }: IncomingMessage, response: ServerResponse): unknown {
  response.setHeader('ETag', ETAG);
  if (headers['if-none-match'] !== ETAG) return { items: ['a book'] };
  response.statusCode = 304;
  return response.end();
}

function isSecondPoll(path: string): boolean {
  const count = (polls.get(path) ?? 0) + 1;
  polls.set(path, count);
  return count > 1;
}

function login(_url: URL, _request: IncomingMessage, response: ServerResponse): unknown {
  response.setHeader('Set-Cookie', 'session=s3cret; Path=/; HttpOnly');
  return {};
}
