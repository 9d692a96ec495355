import http from 'node:http';
import https from 'node:https';
import axios from 'axios';
import { Agent as Dispatcher } from 'undici';

const noop = (): undefined => undefined;

/** An agent of a package that does not extend Node's. */
const duck = { addRequest: noop, destroy: noop };

class Serializer {
  serialize = (): string => 'a=1';
}

const FUNCTIONS = [noop, async (): Promise<void> => Promise.resolve()];
const AGENTS = [new http.Agent(), new https.Agent(), duck, { createConnection: noop }, new Dispatcher(), null, false];
const SIZES = [0, 1, 1.5, 1e9, -1, Infinity];
const NO_FUNCTIONS = ['Smith', 5, true, {}, []];
const NO_FLAGS = ['gzip', 'true', 0, 1, null, {}];
const NO_SIZES = ['5mb', '5', NaN, -2, true, null, [5], {}];
const NO_AGENTS = [{ rejectUnauthorized: false }, {}, 'agent', true, [new http.Agent()]];
const NO_TEXTS = [5, true, null, {}, ['a']];
const NO_OBJECTS = ['a', 5, true, null, ['a']];

interface Values {
  readonly right: readonly unknown[];
  readonly wrong: readonly unknown[];
}

/** For each option of axios, values that it takes and values that it does not take. */
export const AXIOS_OPTION_VALUES: Readonly<Record<string, Values>> = {
  baseURL: { right: ['http://users:8000/api/'], wrong: [...NO_TEXTS, 'http://users?a=1', 'http://users#a'] },
  allowAbsoluteUrls: { right: [true, false], wrong: NO_FLAGS },
  transformRequest: { right: [noop, [noop, noop], [], null], wrong: ['json', 5, {}, [5]] },
  transformResponse: { right: [noop, [noop], null], wrong: ['json', true, {}, ['a']] },
  params: { right: [{}, { a: [1] }, new URLSearchParams('a=1'), null], wrong: ['a=1', 5, ['a'], new Map([['a', 1]]), Promise.resolve({ a: 1 })] },
  paramsSerializer: {
    right: [noop, { serialize: noop }, { encode: noop, indexes: null }, { dots: true }, new Serializer(), null],
    wrong: ['brackets', 5, ['a'], { encode: 'a' }, { serialize: true }],
  },
  adapter: {
    right: [noop, 'http', 'fetch', 'xhr', ['xhr', 'http', 'fetch'], [noop], [null, 'http'], axios.getAdapter('http')],
    wrong: ['htp', '', 5, null, {}, [], ['htp'], [['http']]],
  },
  auth: { right: [{ username: 'u', password: 'p' }, { username: 'u' }, { username: 'u', password: 1234 }, null], wrong: ['user:pass', { user: 'u' }, { username: 'u', password: {} }, ['u', 'p'], 5] },
  responseType: {
    right: ['json', 'text', 'arraybuffer', 'blob', 'stream', 'formdata', 'document', 'response'],
    wrong: ['buffer', 'quarterly', 'arrayBuffer', '', null, 5, ['json']],
  },
  responseEncoding: { right: ['utf8', 'latin1', 'base64', 'windows-1252', null], wrong: [5, 'utf-88', '', true, {}] },
  onUploadProgress: { right: [...FUNCTIONS, null], wrong: NO_FUNCTIONS },
  onDownloadProgress: { right: [...FUNCTIONS, null], wrong: NO_FUNCTIONS },
  maxContentLength: { right: SIZES, wrong: NO_SIZES },
  maxBodyLength: { right: SIZES, wrong: NO_SIZES },
  validateStatus: { right: [noop, null], wrong: [false, true, 200, [200], 'all', {}] },
  maxRedirects: { right: [0, 5, Infinity], wrong: [false, true, '5', -1, NaN, null] },
  maxRate: { right: [0, 1000, Infinity, [1000], [1000, 2000], [undefined, 5], null], wrong: ['1mb', -1, NaN, true, {}, ['1'], [1, 2, 3]] },
  beforeRedirect: { right: [...FUNCTIONS, null], wrong: NO_FUNCTIONS },
  socketPath: { right: ['/run/api.sock', null], wrong: ['', 5, {}, ['/run/api.sock'], true] },
  allowedSocketPaths: { right: ['/run/api.sock', ['/a', '/b'], [], null], wrong: [5, true, {}, [5]] },
  httpAgent: { right: AGENTS, wrong: NO_AGENTS },
  httpsAgent: { right: AGENTS, wrong: NO_AGENTS },
  proxy: { right: [false, { host: 'p', port: 1 }, new URL('http://p:1')], wrong: ['http://u:s3cret@p:1', true, { port: 1 }, ['p'], null] },
  cancelToken: { right: [axios.CancelToken.source().token], wrong: [axios.CancelToken.source(), new AbortController().signal, 'x', {}, null] },
  decompress: { right: [true, false], wrong: NO_FLAGS },
  transitional: { right: [{}, { clarifyTimeoutError: true, silentJSONParsing: undefined }], wrong: [...NO_OBJECTS, { silentJSONParsing: 'no' }] },
  insecureHTTPParser: { right: [true, false], wrong: NO_FLAGS },
  env: { right: [{}, { FormData, fetch }, { fetch: noop, Request: null }], wrong: ['prod', ...NO_OBJECTS, { FormData: 'x' }, { name: 'prod' }] },
  formSerializer: { right: [{}, { dots: true, indexes: null, visitor: noop }], wrong: [...NO_OBJECTS, { visitor: 'x' }] },
  family: { right: [4, 6, 0], wrong: ['Smith', '4', 5, true, null, [4]] },
  lookup: { right: FUNCTIONS, wrong: ['x', null, ...NO_FUNCTIONS] },
  parseReviver: { right: [noop, null], wrong: NO_FUNCTIONS },
  fetchOptions: { right: [{}, { cache: 'no-store' }], wrong: NO_OBJECTS },
  httpVersion: { right: [1, 2], wrong: [3, '2', 'h2', true, null] },
  http2Options: { right: [{}, { sessionTimeout: 10 }], wrong: NO_OBJECTS },
  sensitiveHeaders: { right: [[], ['X-Key']], wrong: ['X-Key', [5], { 'X-Key': true }, null] },
  redact: { right: [[], ['cookie']], wrong: ['cookie', [5], true, {}] },
  maxHeaderSize: { right: [0, 65_536], wrong: ['16kb', -1, 1.5, NaN, Infinity, true, null] },
  formDataHeaderPolicy: { right: ['legacy', 'content-only'], wrong: ['all', 5, true, null] },
  timeoutErrorMessage: { right: ['too late', ''], wrong: NO_TEXTS },
  withCredentials: { right: [true, false], wrong: NO_FLAGS },
  withXSRFToken: { right: [true, false, noop], wrong: ['a', 5, null, {}] },
  xsrfCookieName: { right: ['XSRF', ''], wrong: NO_TEXTS },
  xsrfHeaderName: { right: ['X-XSRF', ''], wrong: NO_TEXTS },
}; // prettier-ignore
