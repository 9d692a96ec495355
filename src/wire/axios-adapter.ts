import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call/call-of';
import { createException } from '../errors/create';
import { isSecretName } from '../util/redact';
import { toError } from '../util/is-error';
import { isAccepted, toData } from './wire-response';
import { decodeWhole, encodingOf } from './decoding';
import { sensitiveHeadersOf } from './redirect';
import { limitOf } from './size-limit';
import type { WireHead } from '../transports/transport';
import { wireException } from './wire-exception';
import { ACCEPT_ENCODING, freshBody, MAX_REDIRECTS, hasUnknownLength, USER_AGENT } from './wire-request';

/** Options that only axios's own adapter supports. */
const UNCOVERED = [
  'socketPath',
  'maxRate',
  'beforeRedirect',
  'onUploadProgress',
  'onDownloadProgress',
  'transport',
] as const satisfies readonly (keyof InternalAxiosRequestConfig)[];

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** Whether a request needs a feature that only axios's own adapter has. */
export function needsAxiosAdapter(config: InternalAxiosRequestConfig, trustEnv: boolean): boolean {
  if (config.proxy) return true;
  if (trustEnv && config.proxy === undefined && PROXY_VARIABLES.some((name) => process.env[name])) return true;
  // axios rejects any HTTP version except 1 and 2.
  if ((config.maxBodyLength ?? -1) > -1 || (config.httpVersion ?? 1) !== 1) return true;
  for (const name of UNCOVERED) if (config[name] !== undefined && config[name] !== null) return true;
  return false;
}

/**
 * axios's own http adapter with this client's rules: no proxy unless configured, safe redirects, and no truncated bodies.
 *
 * It rejects with axios's AxiosError, or with a RequestException: InvalidRequest for a body that cannot be sent or a refused
 * redirect, ResponseTooLarge, ContentDecodingError, or a connection failure.
 */
export function axiosAdapter(trustEnv: boolean): AxiosAdapter {
  const adapter = axios.getAdapter('http');
  return async (config) => {
    try {
      return finish(await adapter(toSettings(config, trustEnv)), config);
    } catch (error) {
      // The settings hold this attempt's body; a retry must start from the body in the original config.
      if (axios.isAxiosError(error) && error.response) finish(error.response, config);
      if (axios.isAxiosError(error)) throw Object.assign(error, { config });
      // An agent or a lookup threw before there was a connection.
      const facts = { call: callOf(config), config };
      throw wireException({ error: toError(error), phase: 'connect', stale: false, byBody: false }, facts);
    }
  };
}

/** Restores the response's config and converts its body to the requested type. */
function finish(response: AxiosResponse<unknown>, config: InternalAxiosRequestConfig): AxiosResponse {
  const { data, headers } = Object.assign(response, { config });
  if (!Buffer.isBuffer(data)) return response;
  const bytes = decode(data, response, config);
  response.data = toData(bytes, config, headers['content-type'] as string | undefined);
  return response;
}

function decode(body: Buffer, response: AxiosResponse<unknown>, config: InternalAxiosRequestConfig): Buffer {
  const { decompress = true } = config;
  const encoding = decompress ? encodingOf(response.headers as WireHead['headers']) : undefined;
  if (encoding === undefined || body.length === 0) return body;
  try {
    const decoded = decodeWhole(body, encoding, limitOf(config));
    Reflect.deleteProperty(response.headers, 'content-encoding');
    return decoded;
  } catch (thrown) {
    // A status error is more useful than a decoding error.
    if (!isAccepted(response, config)) return Buffer.alloc(0);
    const cause = toError(thrown);
    const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const facts = { call: callOf(config), config, phase: 'body', request: response.request as unknown } as const;
    if (isTooLarge) throw createException('RESPONSE_TOO_LARGE', facts);
    const detail = `the body cannot be decoded: ${cause.message}`;
    throw createException('CONTENT_DECODING_FAILED', { ...facts, cause, detail });
  }
}

function toSettings(config: InternalAxiosRequestConfig, trustEnv: boolean): InternalAxiosRequestConfig {
  const body = freshBody(config.data, callOf(config));
  const { proxy = trustEnv ? undefined : false, maxRedirects = MAX_REDIRECTS } = config;
  const headers = axios.AxiosHeaders.from(config.headers.toJSON());
  headers.set('User-Agent', USER_AGENT, false);
  if (config.decompress !== false) headers.set('Accept-Encoding', ACCEPT_ENCODING, false);
  if (hasUnknownLength(body) && !headers.has('Content-Length')) headers.set('Transfer-Encoding', 'chunked', false);
  return {
    ...config,
    ...(proxy !== undefined && { proxy }),
    headers,
    // An Authorization header takes precedence over credentials in the URL; axios does the opposite.
    url: headers.has('Authorization') ? withoutUserInfo(config.url) : config.url,
    data: body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
    // axios accepts a truncated compressed body as complete, so bodies are decoded here.
    ...(config.responseType !== 'stream' && { responseType: 'arraybuffer', decompress: false }),
    maxRedirects,
    sensitiveHeaders: [
      ...sensitiveHeadersOf(config, callOf(config)),
      ...Object.keys(headers.toJSON()).filter(isSecretName),
    ],
    beforeRedirect: refuseDowngrade(config),
  } as InternalAxiosRequestConfig;
}

function refuseDowngrade(
  config: InternalAxiosRequestConfig,
): NonNullable<InternalAxiosRequestConfig['beforeRedirect']> {
  return (options, response, request) => {
    if (request.url.startsWith('https:') && options['protocol'] === 'http:') {
      const detail = 'a redirect goes from https to http';
      throw createException('REDIRECT_REFUSED', { call: callOf(config), config, phase: 'body', detail });
    }
    config.beforeRedirect?.(options, response, request);
  };
}

function withoutUserInfo(url = ''): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}
