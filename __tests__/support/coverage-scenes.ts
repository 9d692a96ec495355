import { gzipSync } from 'node:zlib';
import type { Readable } from 'node:stream';
import axios from 'axios';
import type { HTTPClient, RequestOptions } from '../../src/index';
import { failure } from './outcome';
import { rawService } from './raw-service';
import { service, type Answer } from './service';

/** Makes calls with one option of axios, and shows that it took effect. Returns the requests that arrived somewhere. */
export type Scene = (client: HTTPClient) => Promise<readonly unknown[]>;
export type Scenes = Readonly<Record<string, Scene>>;

const JSON_ANSWER: Answer = { json: { count: '1' } };

/** Of a request, and of the client that sends it. */
const ofRequests: Scenes = {
  baseURL: async (client) => {
    const api = await service();
    await client.get('/things', { baseURL: `${api.url}/v1` });
    expect(api.requests[0]?.url).toBe('/v1/things');
    return api.requests;
  },
  allowAbsoluteUrls: async (client) => {
    const api = await service();
    await client.get('http://elsewhere/things', { baseURL: api.url, allowAbsoluteUrls: false });
    expect(api.requests[0]?.url).toBe('/http://elsewhere/things');
    return api.requests;
  },
  params: async (client) => {
    const api = await service();
    await client.get(api.url, { params: { a: [1, 2] } });
    expect(api.requests[0]?.url).toBe('/?a=1&a=2');
    return api.requests;
  },
  paramsSerializer: async (client) => {
    const api = await service();
    await client.get(api.url, { params: { a: 1 }, paramsSerializer: { serialize: () => 'mine' } });
    expect(api.requests[0]?.url).toBe('/?mine');
    return api.requests;
  },
  transformRequest: async (client) => {
    const api = await service();
    await client.post(api.url, { json: { a: 1 }, transformRequest: (data) => `[${String(data)}]` });
    expect(api.requests[0]?.body.toString()).toBe('[{"a":1}]');
    expect(api.requests[0]?.headers['content-type']).toBe('application/json');
    return api.requests;
  },
  transformResponse: async (client) => {
    const api = await service([JSON_ANSWER]);
    const { data } = await client.get(api.url, { transformResponse: (text) => [text] as unknown });
    expect(data).toEqual(['{"count":"1"}']);
    return api.requests;
  },
  parseReviver: async (client) => {
    const api = await service([JSON_ANSWER]);
    const parseReviver = (name: string, value: unknown): unknown => (name === 'count' ? Number(value) : value);
    const { data } = await client.get(api.url, { parseReviver });
    expect(data).toEqual({ count: 1 });
    return api.requests;
  },
  validateStatus: async (client) => {
    const api = await service([{ status: 404 }]);
    expect((await client.get(api.url, { validateStatus: () => true })).status).toBe(404);
    return api.requests;
  },
  auth: async (client) => {
    const api = await service();
    await client.get(api.url, { auth: { username: 'ann', password: 'pw' } });
    expect(api.requests[0]?.headers.authorization).toBe(`Basic ${btoa('ann:pw')}`);
    return api.requests;
  },
  cancelToken: async (client) => {
    const source = axios.CancelToken.source();
    const handle = (): void => {
      source.cancel();
    };
    const api = await service([{ handle }]);
    expect(await failure(client.get(api.url, { cancelToken: source.token }))).toMatchObject({ code: 'CANCELLED' });
    return api.requests;
  },
  maxRedirects: async (client) => {
    const api = await service([{ status: 302, headers: { location: '/next' } }]);
    expect((await client.get(api.url, { maxRedirects: 0 })).status).toBe(302);
    return api.requests;
  },
  sensitiveHeaders: async (client) => {
    const other = await service();
    const api = await service([{ status: 307, headers: { location: other.url } }]);
    await client.get(api.url, { headers: { 'X-Mine': 'secret', 'X-Plain': 'p' }, sensitiveHeaders: ['X-Mine'] });
    expect(other.requests[0]?.headers).toHaveProperty('x-plain');
    expect(other.requests[0]?.headers).not.toHaveProperty('x-mine');
    return [...api.requests, ...other.requests];
  },
};

/** Of the body of an answer. */
const ofAnswers: Scenes = {
  maxContentLength: async (client) => {
    const api = await service([{ body: 'x'.repeat(20) }]);
    const error = await failure(client.get(api.url, { maxContentLength: 10 }));
    expect(error).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    return api.requests;
  },
  decompress: async (client) => {
    const zipped = gzipSync('text');
    const api = await service([{ body: zipped, headers: { 'content-encoding': 'gzip' } }]);
    const { data } = await client.get<Buffer>(api.url, { decompress: false, responseType: 'arraybuffer' });
    expect(data.equals(zipped)).toBe(true);
    return api.requests;
  },
  responseType: async (client) => {
    const api = await service([{ body: '[1]', headers: { 'content-type': 'application/json' } }]);
    const get = async (responseType: NonNullable<RequestOptions['responseType']>): Promise<unknown> =>
      (await client.get(api.url, { responseType })).data;
    expect(await get('text')).toBe('[1]');
    expect(await get('json')).toEqual([1]);
    expect(await get('arraybuffer')).toEqual(Buffer.from('[1]'));
    expect(await get('blob')).toBeInstanceOf(Blob);
    const stream = (await get('stream')) as Readable;
    expect(Buffer.concat((await stream.toArray()) as Buffer[]).toString()).toBe('[1]');
    return api.requests;
  },
  responseEncoding: async (client) => {
    const api = await service([{ body: Buffer.from([0xe9]) }]);
    expect((await client.get(api.url, { responseEncoding: 'latin1' })).data).toBe('é');
    return api.requests;
  },
};

const FORM = { headers: { 'Content-Type': 'multipart/form-data' } };

/** Of what axios does with a call of `client.axios`. */
const ofAxios: Scenes = {
  formSerializer: async (client) => {
    const api = await service();
    await client.axios.post(api.url, { a: { b: 1 } }, { ...FORM, formSerializer: { dots: true } });
    expect(api.requests[0]?.body.toString()).toContain('name="a.b"');
    await client.post(api.url, { data: { a: 1 }, formSerializer: { metaTokens: false, dots: true } });
    expect(api.requests[1]?.body.toString()).toBe('a=1');
    return api.requests;
  },
  env: async (client) => {
    class MarkedForm extends FormData {
      constructor() {
        super();
        this.append('marked', 'yes');
      }
    }
    const api = await service();
    await client.axios.post(api.url, { a: 1 }, { ...FORM, env: { FormData: MarkedForm } });
    expect(api.requests[0]?.body.toString()).toContain('name="marked"');
    await client.post(api.url, { data: { a: 1 }, env: { FormData: MarkedForm } });
    expect(api.requests[1]?.body.toString()).toBe('a=1');
    return api.requests;
  },
  transitional: async (client) => {
    const api = await service([{ status: 404 }, { body: '{', headers: { 'content-type': 'application/json' } }]);
    const undecided = { validateStatus: undefined, transitional: { validateStatusUndefinedResolves: false } };
    expect(await failure(client.axios.get(api.url, undecided as object))).toMatchObject({ status: 404 });
    const strict = { silentJSONParsing: false, forcedJSONParsing: true, legacyInterceptorReqResOrdering: false };
    const { data, config } = await client.get(api.url, { transitional: strict });
    expect(data).toBe('{');
    expect(config.transitional).toMatchObject({ legacyInterceptorReqResOrdering: true });
    return api.requests;
  },
};

/** A call with the option and one without: what arrives is the same, byte by byte. */
function unchangedBy(options: RequestOptions): Scene {
  return async (client) => {
    const raw = await rawService((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nSet-Cookie: XSRF-TOKEN=a\r\nContent-Length: 0\r\n\r\n'),
    );
    const call = { headers: { Cookie: 'XSRF-TOKEN=a; mine=b' }, json: { a: 1 } };
    await client.put(raw.url, call);
    await client.put(raw.url, { ...call, ...options });
    expect(raw.requests[1]).toBe(raw.requests[0]);
    return raw.requests;
  };
}

const ofNobody: Scenes = {
  timeoutErrorMessage: async (client) => {
    const options = { timeoutErrorMessage: 'of the caller' };
    const api = await service([{ handle: () => undefined }]);
    const { code, message } = await failure(client.get(api.url, { ...options, timeout: 0.1 }));
    expect(code).toBe('TIMEOUT');
    expect(message).not.toContain('of the caller');
    return [...api.requests, ...(await unchangedBy(options)(client))];
  },
  formDataHeaderPolicy: unchangedBy({ formDataHeaderPolicy: 'content-only' }),
  redact: unchangedBy({ redact: ['cookie', 'a'] }),
  fetchOptions: unchangedBy({ fetchOptions: { redirect: 'error' } }),
  withCredentials: unchangedBy({ withCredentials: true }),
  withXSRFToken: unchangedBy({ withXSRFToken: true }),
  xsrfCookieName: unchangedBy({ withXSRFToken: true, xsrfCookieName: 'mine' }),
  xsrfHeaderName: unchangedBy({ withXSRFToken: true, xsrfHeaderName: 'X-Mine' }),
};

export const CALL_SCENES: Scenes = { ...ofRequests, ...ofAnswers, ...ofAxios, ...ofNobody };
