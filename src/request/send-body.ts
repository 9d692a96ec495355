import axios, {
  type AxiosHeaderValue,
  type AxiosRequestHeaders,
  type AxiosRequestTransformer,
  type InternalAxiosRequestConfig,
} from 'axios';
import { encodeBody, NO_BODY, type EncodedBody } from './encode-body';
import { callOf } from '../call/call-of';
import { createException } from '../errors/create';
import { isError } from '../util/is-error';

/** What axios does with a body of its own users: an object becomes JSON. */
const axiosTransforms = [axios.defaults.transformRequest ?? []].flat();

/** For bodies that reach axios directly: as axios turns them into something to send, then as this client sends it. */
export const transformRequest: AxiosRequestTransformer = function (data: unknown, headers) {
  const isBinary = ArrayBuffer.isView(data) || data instanceof FormData;
  const transformed = isBinary ? data : transformAsAxios(data, headers, this);
  const encoded = encodeBody(transformed, undefined, callOf(this));
  describeBody(encoded, headers, this);
  return encoded.body;
};

function transformAsAxios(data: unknown, headers: AxiosRequestHeaders, config: InternalAxiosRequestConfig): unknown {
  try {
    return axiosTransforms.reduce((body, transform) => transform.call(config, body, headers) as unknown, data);
  } catch (cause) {
    const why = isError(cause) ? (cause.message.split('\n', 1)[0] ?? '') : String(cause);
    const detail = `the body cannot be serialised: ${why}`;
    throw createException('INVALID_BODY', { call: callOf(config), cause, detail });
  }
}

/** For bodies that the facade has encoded: only their headers are left to set. */
export function sendEncoded(encoded: EncodedBody): AxiosRequestTransformer {
  return encoded === NO_BODY ? sendNothing : described(encoded);
}

const sendNothing = described(NO_BODY);

function described(encoded: EncodedBody): AxiosRequestTransformer {
  return function (body: unknown, headers) {
    describeBody(encoded, headers, this);
    return body;
  };
}

/** A caller's own headers come first, but for a multipart type that lacks its boundary. */
function describeBody(
  { body, headers: described }: EncodedBody,
  headers: AxiosRequestHeaders,
  { method }: InternalAxiosRequestConfig,
): void {
  if (body === undefined) {
    // Else axios calls an empty one a form.
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
