import axios, { type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { createException } from '../errors/create';
import { isSecretName } from '../errors/redact';
import { toData } from './answer';
import { needsFraming, freshBody, MAX_REDIRECTS, USER_AGENT } from './wire-request';

/** Options that the wire transports leave to axios's own adapter. */
const UNCOVERED = [
  'socketPath',
  'maxRate',
  'beforeRedirect',
  'onUploadProgress',
  'onDownloadProgress',
  'transport',
] as const satisfies readonly (keyof InternalAxiosRequestConfig)[];

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** Whether a request wants something that only axios's own adapter does. */
export function needsAxiosAdapter(config: InternalAxiosRequestConfig, trustEnv: boolean): boolean {
  if (config.proxy) return true;
  if (trustEnv && config.proxy === undefined && PROXY_VARIABLES.some((name) => process.env[name])) return true;
  if ((config.maxBodyLength ?? -1) > -1 || config.httpVersion === 2) return true;
  return UNCOVERED.some((name) => config[name] !== undefined && config[name] !== null);
}

/** axios's own http adapter, under the rules of this client: no proxy unasked for, and safe redirects. */
export function axiosAdapter(trustEnv: boolean): AxiosAdapter {
  const adapter = axios.getAdapter('http');
  return async (config) => {
    try {
      const response = await adapter(toSettings(config, trustEnv));
      return Object.assign(response, { config, data: toBody(response, config) });
    } catch (error) {
      // The settings hold the body of this attempt; a retry begins with the one that the caller gave.
      if (axios.isAxiosError(error) && error.response) Object.assign(error.response, { config });
      throw axios.isAxiosError(error) ? Object.assign(error, { config }) : error;
    }
  };
}

function toSettings(config: InternalAxiosRequestConfig, trustEnv: boolean): InternalAxiosRequestConfig {
  const body = freshBody(config.data, callOf(config));
  const { proxy = trustEnv ? undefined : false, maxRedirects = MAX_REDIRECTS, sensitiveHeaders = [] } = config;
  const headers = axios.AxiosHeaders.from(config.headers.toJSON());
  headers.set('User-Agent', USER_AGENT, false);
  if (needsFraming(body) && !headers.has('Content-Length')) headers.set('Transfer-Encoding', 'chunked', false);
  return {
    ...config,
    ...(proxy !== undefined && { proxy }),
    headers,
    // An Authorization header comes before the credentials of the URL; axios has it the other way round.
    url: headers.has('Authorization') ? withoutUserInfo(config.url) : config.url,
    data: body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
    responseType: config.responseType === 'blob' ? 'arraybuffer' : config.responseType,
    maxRedirects,
    sensitiveHeaders: [...sensitiveHeaders, ...Object.keys(headers.toJSON()).filter(isSecretName)],
    beforeRedirect: safely(config),
  } as InternalAxiosRequestConfig;
}

function safely(config: InternalAxiosRequestConfig): NonNullable<InternalAxiosRequestConfig['beforeRedirect']> {
  return (options, response, request) => {
    if (request.url.startsWith('https:') && options['protocol'] === 'http:') {
      const detail = 'a redirect leads from https to http';
      throw createException('REDIRECT_REFUSED', { call: callOf(config), config, phase: 'body', detail });
    }
    config.beforeRedirect?.(options, response, request);
  };
}

function withoutUserInfo(url = ''): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

function toBody({ data, headers }: AxiosResponse<unknown>, config: InternalAxiosRequestConfig): unknown {
  if (config.responseType !== 'blob' || !Buffer.isBuffer(data)) return data;
  return toData(data, config, headers['content-type'] as string | undefined);
}
