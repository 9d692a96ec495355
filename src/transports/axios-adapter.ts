import axios, { type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { createException } from '../errors/create';
import { isSecretName } from '../errors/redact';
import { freshBody } from './wire-request';

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
  return (config) => {
    const call = callOf(config);
    const body = freshBody(config.data, call);
    const { proxy = trustEnv ? undefined : false, maxRedirects = 20, sensitiveHeaders = [], beforeRedirect } = config;
    const secrets = Object.keys(config.headers.toJSON()).filter(isSecretName);
    const settings: InternalAxiosRequestConfig = {
      ...config,
      data: body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body,
      maxRedirects,
      sensitiveHeaders: [...sensitiveHeaders, ...secrets],
      beforeRedirect(options, response, request) {
        if (request.url.startsWith('https:') && options['protocol'] === 'http:') {
          throw createException('REDIRECT_REFUSED', {
            call,
            config,
            phase: 'body',
            detail: 'a redirect leads from https to http',
          });
        }
        beforeRedirect?.(options, response, request);
      },
    };
    return adapter(proxy === undefined ? settings : { ...settings, proxy });
  };
}
