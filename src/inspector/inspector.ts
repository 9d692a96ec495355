import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { cookieFor, isKey, keysIn, refusalOf, type AccessRules } from './access';
import { Feed } from './feed';
import { toHAR, type HAR } from './har';
import type { RecorderSettings } from './options';
import { Recorder } from './recorder';
import type { ServiceReport } from './report';
import { toError } from '../util/is-error';
import { lazy } from '../util/lazy';
import { redactText } from '../util/redact';

/** Nothing is loaded from elsewhere, nothing inline runs, and no other page may embed it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COMMON_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};

/** Both are loaded as modules, not read as files: a bundler puts them into the one file that it makes. */
const packageJSON = lazy(() => require('../../package.json') as { readonly version: string });
const pageFiles = lazy(() => require('./page.json') as Readonly<Record<string, string>>);

/** Records calls, and responds to requests for them. */
export class Inspector {
  readonly #recorder: Recorder;
  readonly #feed: Feed;
  readonly #service: ServiceReport;
  readonly #rules: AccessRules;
  #isClosed = false;

  constructor(settings: RecorderSettings, rules: AccessRules) {
    this.#recorder = new Recorder(settings);
    this.#service = serviceReport(settings);
    this.#feed = new Feed(this.#recorder, this.#service);
    this.#rules = rules;
  }

  har(): HAR {
    return toHAR(this.#recorder.details(), this.#service.version);
  }

  close(): void {
    this.#isClosed = true;
    this.#feed.close();
    this.#recorder.close();
  }

  /** @param mount path under which the inspector is reached, without a slash at its end */
  handle(request: IncomingMessage, response: ServerResponse, mount: string): void {
    this.#respond(request, response, mount).catch((error: unknown) => {
      if (!response.headersSent) respond(response, 500, `The inspector failed: ${redactText(toError(error).message)}`);
    });
  }

  async #respond(request: IncomingMessage, response: ServerResponse, mount: string): Promise<void> {
    const { url: target = '/' } = request;
    // A proxy is sent whole URLs, and a server is sent `*`.
    const url = /^(?:\/|\?|$)/.test(target) ? new URL(`http://inspector${target}`) : undefined;
    const given = url?.searchParams.get('key') ?? undefined;
    const keys = keysIn(request);
    const refusal = await refusalOf(request, this.#rules, given === undefined ? keys : [given, ...keys]);
    // Two slashes would lead to another host.
    const path = `${mount}/`.replace(/^[/\\]+/, '/');
    if (refusal) respond(response, refusal.status, refusal.text, refusal.headers);
    // Pages connect again by themselves, and would hold up the end of the server.
    else if (this.#isClosed) respond(response, 503, 'The inspector is closed.', { Connection: 'close' });
    else if (!url) respond(response, 400, 'The target of the request must be a path.');
    // Without the key, which would stay in the history of the browser.
    else if (given !== undefined && this.#isKey(given)) {
      respond(response, 302, '', { Location: path, 'Set-Cookie': cookieFor(given, path, keys) });
    } else if (!target.startsWith('/')) respond(response, 302, '', { Location: path });
    else this.#show(url, response);
  }

  #isKey(given: string): boolean {
    const { key } = this.#rules;
    return key !== undefined && isKey(given, key);
  }

  #show({ pathname, searchParams }: URL, response: ServerResponse): void {
    const [, key] = /^\/calls\/(\d{1,15})$/.exec(pathname) ?? [];
    if (pathname === '/events') this.#follow(response);
    else if (pathname === '/har') this.#sendHAR(searchParams.get('call'), response);
    else if (key !== undefined) sendJSON(response, this.#recorder.detailOf(Number(key)));
    else sendFile(response, FILES[pathname]);
  }

  #follow(response: ServerResponse): void {
    if (this.#feed.isFull) respond(response, 503, 'Too many pages are open.', { 'Retry-After': '5' });
    else {
      for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
      this.#feed.add(response);
    }
  }

  #sendHAR(key: string | null, response: ServerResponse): void {
    const details = key === null ? this.#recorder.details() : [this.#recorder.detailOf(Number(key))];
    const calls = details.filter((one) => one !== undefined);
    sendJSON(response, toHAR(calls, this.#service.version), {
      'Content-Disposition': 'attachment; filename="calls.har"',
    });
  }
}

function sendFile(response: ServerResponse, file: (typeof FILES)[string] | undefined): void {
  if (!file) {
    respond(response, 404, 'There is no such page.');
    return;
  }
  const [name, type] = file;
  respond(response, 200, pageFiles()[name] ?? '', { 'Content-Type': type });
}

function sendJSON(response: ServerResponse, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  if (value === undefined) respond(response, 404, 'The call is not kept any more.');
  else respond(response, 200, JSON.stringify(value), { 'Content-Type': 'application/json', ...headers });
}

function respond(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...COMMON_HEADERS, ...headers }).end(body);
}

function serviceReport({ maxCalls, maxBytes, traceURL }: RecorderSettings): ServiceReport {
  const name = process.env['npm_package_name'] ?? basename(process.cwd());
  const { pid, version: node } = process;
  return { name, pid, node, version: packageJSON().version, maxCalls, maxBytes, traceURL };
}
