import type { AxiosRequestConfig } from 'axios';
import { RESILIENCE_OPTIONS } from './resilience-options';
import type { HTTPClientOptions } from './client-options';
import type { JSONRequestOptions, RequestOptions } from './request-options';

type Names<T> = readonly (keyof T)[];

/** Options that axios understands. */
export const AXIOS_OPTIONS = [
  'baseURL', 'allowAbsoluteUrls', 'transformRequest', 'transformResponse', 'params', 'paramsSerializer', 'adapter', 'auth',
  'responseType', 'responseEncoding', 'onUploadProgress', 'onDownloadProgress', 'maxContentLength', 'maxBodyLength',
  'validateStatus', 'maxRedirects', 'maxRate', 'beforeRedirect', 'socketPath', 'allowedSocketPaths', 'httpAgent',
  'httpsAgent', 'proxy', 'cancelToken', 'decompress', 'transitional', 'insecureHTTPParser', 'env', 'formSerializer',
  'family', 'lookup', 'parseReviver', 'fetchOptions', 'httpVersion', 'http2Options', 'sensitiveHeaders', 'redact',
  'maxHeaderSize', 'formDataHeaderPolicy', 'timeoutErrorMessage', 'withCredentials', 'withXSRFToken', 'xsrfCookieName', 'xsrfHeaderName',
] as const satisfies Names<AxiosRequestConfig & { maxHeaderSize: number }>; // prettier-ignore

export const CLIENT_OPTIONS = [
  'name', 'token', 'tokenHosts', 'timeout', 'retryAttempts', 'deadline', 'retry', 'headers', 'maxResponseSize', 'trustEnv',
  'transport', 'connections', 'plugins', 'requestContext', 'redirects', 'redirectHosts', 'extraOptions',
  'logErrorBody', ...RESILIENCE_OPTIONS,
] as const satisfies Names<HTTPClientOptions>; // prettier-ignore

export const REQUEST_OPTIONS = [
  'token', 'timeout', 'retryAttempts', 'deadline', 'retry', 'data', 'json', 'headers', 'signal', 'redirects',
  'redirectHosts', 'logErrorBody', 'hedging', 'circuitBreaker', 'pathParams',
] as const satisfies Names<RequestOptions>; // prettier-ignore

/** Additional options of calls that return JSON. */
export const JSON_OPTIONS = ['schema'] as const satisfies Names<JSONRequestOptions<unknown>>;

/** Options that plugins for axios read from a config; docs/option-checks.md says which plugin reads which. */
export const PLUGIN_OPTIONS = [
  'cache', 'id', 'clearCacheEntry', 'jar', 'skipAuthRefresh', 'raxConfig', 'curlirize', 'forceUpdate', 'threshold', 'retryTimes',
  'metadata', '_retry', '_isRetry', '__isRetryRequest', '__retryCount',
] as const; // prettier-ignore
