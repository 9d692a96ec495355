import type { RequestOptions } from '../../src/index';

/** The transport of the project that runs the test, and axios's own adapter, which an option of its own asks for. */
export const WAYS: readonly (readonly [string, RequestOptions])[] = [
  ['the transport', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
];
