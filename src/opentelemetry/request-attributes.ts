import type { AttributeValue, Attributes } from '@opentelemetry/api';
import type { RequestEnd, RequestStart } from '../events/messages';
import type { ErrorView, ResponseView } from '../events/outcome-views';
import * as names from './attribute-names';
import { OTHER } from './closed-values';

/** What is known of a request before it is sent. A sampler sees these. */
export function startAttributes(
  { call, request }: RequestStart,
  known: ReadonlySet<string>,
  url: string,
  template: string | undefined,
): Attributes {
  const { method, resendCount } = request;
  const { client } = call;
  const isKnown = known.has(method);
  const attributes: Attributes = {
    [names.METHOD]: isKnown ? method : OTHER,
    [names.SERVER_ADDRESS]: request.address,
    [names.SERVER_PORT]: request.port,
    [names.URL_FULL]: url,
  };
  if (!isKnown) attributes[names.ORIGINAL_METHOD] = method;
  if (resendCount > 0) attributes[names.RESEND_COUNT] = resendCount;
  if (template !== undefined) attributes[names.URL_TEMPLATE] = template;
  if (client !== undefined) attributes[names.CLIENT_NAME] = client;
  return attributes;
}

/** What is known of it when it has ended. */
export function endAttributes({ response, error, connection }: RequestEnd, isLost: boolean): Attributes {
  const attributes: Attributes = {};
  const failure = isLost ? undefined : requestErrorType(response, error);
  if (response) attributes[names.STATUS_CODE] = response.status;
  if (failure !== undefined) attributes[names.ERROR_TYPE] = failure;
  if (connection) {
    const { protocol, address, port } = connection;
    if (protocol !== undefined) attributes[names.PROTOCOL_VERSION] = protocol;
    if (address !== undefined) attributes[names.PEER_ADDRESS] = address;
    if (address !== undefined && port !== undefined) attributes[names.PEER_PORT] = port;
  }
  return attributes;
}

/**
 * The status of a 4xx or 5xx, and the error code of any other failure. A cancelled request has not failed.
 *
 * @see semantic conventions for HTTP spans, "Status"
 */
export function requestErrorType(response: ResponseView | undefined, error: ErrorView | undefined): string | undefined {
  const status = response?.status ?? error?.status;
  if (status !== undefined && status >= 400) return String(status);
  return error?.code === 'CANCELLED' ? undefined : error?.code;
}

/** Headers whose values become attributes. */
export class CapturedHeaders {
  readonly #attributes: readonly (readonly [header: string, attribute: string])[];

  constructor(headers: readonly string[], prefix: string) {
    this.#attributes = [...new Set(headers.map((header) => header.toLowerCase()))].map((header) => [
      header,
      prefix + header,
    ]);
  }

  get isEmpty(): boolean {
    return this.#attributes.length === 0;
  }

  of(view: { header(name: string): unknown }): Attributes {
    const captured: Attributes = {};
    for (const [header, attribute] of this.#attributes) {
      const value = view.header(header);
      if (value === undefined || value === null || value === false) continue;
      captured[attribute] = textsOf(value);
      if (attribute === `${names.REQUEST_HEADER}user-agent`) captured[names.USER_AGENT] = textsOf(value).join(', ');
    }
    return captured;
  }
}

function textsOf(value: unknown): string[] & AttributeValue {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}
