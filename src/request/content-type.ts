import { findName } from '../util/header-names';

/** The Content-Type that a request will have: that of the call, otherwise a default of the client, in the order of axios. */
export function contentTypeOf(headers: object | undefined, defaults: object = {}, method = 'get'): string | undefined {
  const groups = defaults as Readonly<Record<string, unknown>>;
  for (const source of [headers, defaults, groups[method.toLowerCase()], groups['common']]) {
    if (typeof source !== 'object' || source === null) continue;
    const name = findName(source, 'content-type');
    const value = name === undefined ? undefined : (source as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) return typeof value === 'string' ? value : undefined;
  }
  return undefined;
}

/** The media type without its parameters, in lower case. @see RFC 9110, section 8.3.1 */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}

/** Whether a media type is JSON, also by its unregistered name. @see RFC 6839, section 3.1 */
export function isJSON(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /^(application|text)\/json$|\+json$/.test(mediaType);
}

/**
 * The boundary of a multipart type. One that is longer than the 70 characters of the standard is not cut: the parts of the body
 * must have what the header says.
 *
 * @see RFC 2046, section 5.1.1
 */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}
