import type { AxiosHeaderValue, AxiosRequestHeaders, AxiosRequestTransformer, InternalAxiosRequestConfig } from 'axios';
import { NO_BODY, type EncodedBody } from './body';
import { encodeBody } from './encode-body';
import { isFormData } from './multipart';
import { callOf } from '../call/call-of';
import { createException } from '../errors/create';
import { isError } from '../util/is-error';
import { lazy } from '../util/lazy';
import { axios } from '../util/packages';

type Transforms = AxiosRequestTransformer | AxiosRequestTransformer[];

/** The default transforms of axios: an object becomes JSON. */
const axiosTransforms = lazy(() => [axios().defaults.transformRequest ?? []].flat());

/**
 * For bodies passed to `client.axios` directly: applies axios's transforms, then this client's encoding.
 *
 * @throws InvalidRequest if the body has an unsupported type or cannot be serialised
 */
export const transformRequest: AxiosRequestTransformer = function (data: unknown, headers) {
  const config = configOf(this, headers);
  const call = callOf(config);
  const type = typeof data === 'object' ? lowerType(headers) : undefined;
  const transformed = isOurs(data, type) ? data : transformAsAxios(data, headers, config);
  const encoded = encodeBody(transformed, undefined, call, type);
  describeBody(encoded, headers, config);
  return encoded.body;
};

/** Interceptors that sign requests call a transform without its config, as those of axios allow. */
function configOf(
  config: InternalAxiosRequestConfig | undefined,
  headers: AxiosRequestHeaders,
): InternalAxiosRequestConfig {
  return config ?? { headers };
}

/** axios compares types in lower case only. */
function lowerType(headers: AxiosRequestHeaders): string | undefined {
  const type = headers.getContentType() as AxiosHeaderValue | undefined;
  if (typeof type !== 'string') return undefined;
  const lower = type.replace(/^[^;]+/, (mediaType) => mediaType.toLowerCase());
  if (lower !== type) headers.setContentType(lower);
  return lower;
}

/** Whether axios must not convert the body: it would send too many bytes, or JSON under a type that is not JSON. */
function isOurs(data: unknown, type: string | undefined): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return ArrayBuffer.isView(data) || isFormData(data) || (type !== undefined && /^multipart\/(?!form-data)/.test(type));
}

function transformAsAxios(data: unknown, headers: AxiosRequestHeaders, config: InternalAxiosRequestConfig): unknown {
  try {
    return axiosTransforms().reduce((body, transform) => transform.call(config, body, headers) as unknown, data);
  } catch (cause) {
    const why = isError(cause) ? (cause.message.split('\n', 1)[0] ?? '') : String(cause);
    const detail = `the body cannot be serialised: ${why}`;
    throw createException('INVALID_BODY', { call: callOf(config), cause, detail });
  }
}

/**
 * For bodies that the facade has encoded: sets only their headers. The caller's own transforms come after that: only here is it
 * known what the body is, and which boundary it has.
 */
export function sendEncoded(encoded: EncodedBody, given: Transforms | null | undefined): Transforms {
  const isOwn = given !== transformRequest && given !== undefined && given !== null;
  const described = encoded === NO_BODY ? sendNothing : headersOnly(encoded);
  return isOwn ? [described, ...[given].flat()] : described;
}

const sendNothing = headersOnly(NO_BODY);

function headersOnly(encoded: EncodedBody): AxiosRequestTransformer {
  return function (body: unknown, headers) {
    describeBody(encoded, headers, configOf(this, headers));
    return body;
  };
}

/** The caller's headers take precedence, except a multipart type without a boundary. */
function describeBody(
  { body, headers: described }: EncodedBody,
  headers: AxiosRequestHeaders,
  { method }: InternalAxiosRequestConfig,
): void {
  if (body === undefined) {
    // Otherwise, axios labels an empty body as a form.
    if (method === 'post' || method === 'put' || method === 'patch') headers.setContentType(false, false);
    return;
  }
  const own = headers.getContentType() as AxiosHeaderValue | undefined;
  const lacksBoundary = own !== undefined && isWithoutBoundary(String(own));
  for (const [name, value] of Object.entries(described)) {
    if (own === undefined && name === 'Content-Type') headers.set(name, value);
    else headers.set(name, value, lacksBoundary);
  }
}

function isWithoutBoundary(contentType: string): boolean {
  return /^multipart\/form-data/i.test(contentType) && !/boundary=/i.test(contentType);
}
