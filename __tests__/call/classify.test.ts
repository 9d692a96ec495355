import { STATUS_CODES } from 'node:http';
import { AxiosError, AxiosHeaders, CanceledError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { classify } from '../../src/call/classify';
import { createException } from '../../src/errors/create';
import { HTTPResponse } from '../../src/response/http-response';
import { createResponse } from '../../src/call/create-response';
import { chainOf } from '../support/faults';

const call = new Call('GET', 'http://api.test/');
const config: InternalAxiosRequestConfig = { headers: new AxiosHeaders({ Authorization: 'Bearer secret' }), call };
const foreign: InternalAxiosRequestConfig = { headers: new AxiosHeaders({ Authorization: 'Bearer secret' }) };

function answer(status: number, headers: Record<string, string> = {}, statusText = ''): AxiosResponse {
  return { status, statusText, headers: new AxiosHeaders(headers), data: 'body', config, request: 'request' };
}

function nodeError(code: string, message = `it was ${code}`): Error {
  return Object.assign(new Error(message), { code, errno: -1 });
}

test('an exception of ours stays the same object', () => {
  const error = createException('TIMEOUT', { call, config });

  expect(classify(error)).toBe(error);
  expect(classify(error, call)).toBe(error);
  expect(classify(createException('TIMEOUT'), call)).toMatchObject({ code: 'TIMEOUT' });
});

test('the exception of another call is the failure of an interceptor', () => {
  const other = new Call('POST', 'http://other.test/');
  const error = createException('TIMEOUT', { call: other, config: { ...config, call: other } });

  const classified = classify(error, call);

  expect(classified).toMatchObject({ code: 'INTERCEPTOR_FAILED', url: 'http://api.test/', cause: error });
});

test('the exception of a call that was sent again by an interceptor is of the same call', () => {
  const again = new Call('GET', 'http://api.test/', Infinity, call);
  const error = createException('TIMEOUT', { call: again, config: { ...config, call: again } });

  expect(classify(error, call)).toBe(error);
});

describe('an answer with a status that is refused', () => {
  test.each([
    [302, 'UNEXPECTED_STATUS', false],
    [400, 'CLIENT_ERROR', false],
    [404, 'CLIENT_ERROR', false],
    [429, 'TOO_MANY_REQUESTS', true],
    [500, 'SERVER_ERROR', true],
    [503, 'SERVER_ERROR', true],
  ])('%i is %s', (status, code, retryable) => {
    const error = classify(new AxiosError('', undefined, config, undefined, answer(status)));

    expect(error).toMatchObject({ name: 'HTTPError', code, status, retryable, sent: 'yes' });
    expect(error.message).toBe(`GET http://api.test/: responded with ${status} ${STATUS_CODES[status] ?? ''}`);
    expect(error.response).toBeInstanceOf(HTTPResponse);
    expect([error.config, error.request]).toEqual([config, 'request']);
  });

  test.each([
    ['Request failed with status code 302', 'ERR_BAD_RESPONSE', 302],
    ['Request failed with status code 404', 'ERR_BAD_REQUEST', 404],
    ['by axios-mock-adapter', 'ERR_BAD_REQUEST', 404],
    ['by somebody else', 'ERR_BAD_RESPONSE', 503],
    ['by somebody else', undefined, 503],
  ])('in the words of other adapters: %s, %s', (message, code, status) => {
    expect(classify(new AxiosError(message, code, config, undefined, answer(status)))).toMatchObject({
      name: 'HTTPError',
      status,
    });
  });

  test("tells the standard's words, not those of the answer, and what the other service asks to wait", () => {
    const response = answer(429, { 'retry-after': '7' }, 'Slow Down');

    const error = classify(new AxiosError('', undefined, config, undefined, response));

    expect(error.retryAfter).toBe(7);
    expect(error.message).toMatch(/responded with 429 Too Many Requests$/);
  });

  test('keeps a response of ours', () => {
    const response = createResponse(answer(404), call);

    expect(classify(new AxiosError('', undefined, config, undefined, response)).response).toBe(response);
  });

  test('is told from the response alone, where the error has no config', () => {
    const error = classify(new AxiosError('', undefined, undefined, undefined, answer(404)));

    expect(error).toMatchObject({ code: 'CLIENT_ERROR', url: 'http://api.test/' });
    expect(error.config).toBe(config);
  });

  test('need not have headers', () => {
    const response = { ...answer(503), headers: undefined } as unknown as AxiosResponse;

    expect(classify(new AxiosError('', undefined, config, undefined, response))).toMatchObject({ status: 503 });
  });
});

describe('an answer with a body that broke', () => {
  test.each([
    ['maxContentLength size of 10 exceeded', 'ERR_BAD_RESPONSE', undefined, 'RESPONSE_TOO_LARGE'],
    ['stream has been aborted', 'ERR_BAD_RESPONSE', undefined, 'BODY_TRUNCATED'],
    ['aborted', 'ECONNRESET', nodeError('ECONNRESET'), 'BODY_TRUNCATED'],
    ['aborted', 'ECONNRESET', Object.assign(new Error('aborted'), { code: 'ECONNRESET' }), 'BODY_TRUNCATED'],
    ['incorrect header check', 'Z_DATA_ERROR', nodeError('Z_DATA_ERROR'), 'CONTENT_DECODING_FAILED'],
    ['who knows', 'ERR_BAD_RESPONSE', undefined, 'REQUEST_FAILED'],
  ] as const)('%s, %s: %#', (message, axiosCode, cause, code) => {
    const error = new AxiosError(message, axiosCode, config, undefined, answer(200));
    if (cause) error.cause = cause;

    const classified = classify(error);

    expect(classified).toMatchObject({ code, sent: 'yes' });
    expect(classified.response).toBeUndefined();
  });
});

describe('no answer', () => {
  test.each([
    ['timeout of 300ms exceeded', 'ECONNABORTED', 'TIMEOUT'],
    ['timeout', 'ETIMEDOUT', 'TIMEOUT'],
    ['Network Error', undefined, 'CONNECTION_FAILED'],
    ['Network Error', 'ERR_NETWORK', 'CONNECTION_FAILED'],
    ['offline', 'ERR_NETWORK', 'CONNECTION_FAILED'],
    ['Maximum number of redirects exceeded', 'ERR_FR_TOO_MANY_REDIRECTS', 'TOO_MANY_REDIRECTS'],
    ['Request body larger than maxBodyLength limit', 'ERR_FR_MAX_BODY_LENGTH_EXCEEDED', 'INVALID_BODY'],
    ['Request body larger than maxBodyLength limit', 'ERR_BAD_REQUEST', 'INVALID_BODY'],
    ['Unsupported protocol', 'ERR_BAD_REQUEST', 'INVALID_OPTION'],
    ['bad', 'ERR_BAD_OPTION', 'INVALID_OPTION'],
    ['bad', 'ERR_BAD_OPTION_VALUE', 'INVALID_OPTION'],
    ['bad', 'ERR_NOT_SUPPORT', 'INVALID_OPTION'],
    ['bad', 'ERR_INVALID_URL', 'INVALID_URL'],
    ['too deep', 'ERR_FORM_DATA_DEPTH_EXCEEDED', 'INVALID_BODY'],
    ['refused', 'ECONNREFUSED', 'CONNECTION_REFUSED'],
    ['who knows', 'ERR_WHO_KNOWS', 'REQUEST_FAILED'],
    ['who knows', undefined, 'REQUEST_FAILED'],
  ])('%s, %s, is %s', (message, axiosCode, code) => {
    expect(classify(new AxiosError(message, axiosCode, config))).toMatchObject({
      code,
      message: `GET http://api.test/: ${message}`,
    });
  });

  test.each([
    ['ECONNREFUSED', 'CONNECTION_REFUSED', 'connect', 'no'],
    ['ENOTFOUND', 'HOST_NOT_FOUND', 'connect', 'no'],
    ['CERT_UNTRUSTED', 'CERTIFICATE_INVALID', 'connect', 'no'],
    ['EPROTO', 'TLS_FAILED', 'connect', 'no'],
    ['ECONNRESET', 'CONNECTION_RESET', 'headers', 'maybe'],
    ['HPE_INVALID_CONSTANT', 'PROTOCOL_ERROR', 'headers', 'maybe'],
  ])('for %s the cause tells what it was', (nodeCode, code, phase, sent) => {
    const cause = nodeError(nodeCode);

    const error = classify(AxiosError.from(cause, nodeCode, config));

    expect(error).toMatchObject({ code, phase, sent, message: `GET http://api.test/: ${cause.message}` });
    expect(error.cause).toBe(cause);
  });

  test('at any address is told for each', () => {
    const cause = new AggregateError(
      [nodeError('ECONNREFUSED', 'connect ::1'), nodeError('ECONNREFUSED', 'connect 127.0.0.1')],
      '',
    );

    const error = classify(AxiosError.from(cause, undefined, config));

    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'no' });
    expect(error.message).toBe('GET http://api.test/: connect ::1; connect 127.0.0.1');
  });

  test('for a reason that has an exception of ours already is that exception', () => {
    const ours = createException('INVALID_BODY', { call, config });
    const error = AxiosError.from(ours, 'ERR_BAD_REQUEST', config);
    error.cause = ours;

    expect(classify(error)).toBe(ours);
  });

  test('has the root for a cause, however many AxiosErrors are around it', () => {
    const root = nodeError('ECONNREFUSED');
    const inner = AxiosError.from(root, 'ECONNREFUSED', foreign);
    const outer = new AxiosError('outer', undefined, config);
    outer.cause = inner;

    expect(classify(outer).cause).toBe(root);
  });
});

describe('a cancellation', () => {
  test.each([
    [undefined, 'no'],
    [{}, 'maybe'],
  ])('with the request %p was sent: %s', (request, sent) => {
    const error = classify(new CanceledError('', config, request));

    expect(error).toMatchObject({ code: 'CANCELLED', sent });
  });

  test("has the reason of the caller's signal", () => {
    const reason = new Error('the user went away');
    const signal = AbortSignal.abort(reason);

    expect(classify(new CanceledError('', { ...config, signal })).cause).toBe(reason);
  });

  test('without a config belongs to the call that is known', () => {
    expect(classify(new CanceledError(''), call)).toMatchObject({ code: 'CANCELLED', url: 'http://api.test/' });
  });
});

describe('what an interceptor throws', () => {
  test.each([
    [new Error('oops'), 'oops'],
    [new RangeError(), 'RangeError'],
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ status: 5 }, '[object Object]'],
    [nodeError('ECONNREFUSED', 'of its own request'), 'of its own request'],
  ])('%p is told in its words, and not retried', (thrown, words) => {
    expect(classify(thrown, call)).toMatchObject({
      name: 'RequestException',
      code: 'INTERCEPTOR_FAILED',
      message: `GET http://api.test/: an interceptor failed: ${words}`,
      retryable: false,
      sent: 'no',
    });
  });

  test('after an attempt may have come too late', () => {
    const tried = new Call('GET', 'http://api.test/');
    tried.addLine();

    expect(classify(new Error('oops'), tried)).toMatchObject({ code: 'INTERCEPTOR_FAILED', sent: 'maybe' });
  });

  test('before the call is known is told of the call once it is', () => {
    const thrown = new Error('oops');
    const early = classify(thrown);

    expect(early).toMatchObject({ message: 'an interceptor failed: oops', method: '', url: '', sent: 'maybe' });
    expect(classify(early, call)).toMatchObject({
      message: 'GET http://api.test/: an interceptor failed: oops',
      cause: thrown,
    });
  });

  test('is the cause, as it is', () => {
    const thrown = new Error('oops', { cause: new Error('deeper') });

    expect(classify(thrown, call).cause).toBe(thrown);
  });

  test.each([
    ['an AxiosError', (inner: Error) => inner],
    ['an error whose cause is one', (inner: Error) => new Error('outer', { cause: inner })],
    ['deeper', (inner: Error) => new Error('a', { cause: new Error('b', { cause: inner }) })],
  ])("of another client's requests keeps no config: %s", (_, wrap) => {
    const thrown = wrap(
      new AxiosError('token service', 'ERR_BAD_RESPONSE', foreign, {}, { ...answer(500), config: foreign }),
    );

    const error = classify(thrown, call);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retryable: false, response: undefined });
    expect(error.cause).not.toBe(thrown);
    expect(error.cause).toMatchObject({ name: thrown.name, message: thrown.message });
    expect(error.cause).toHaveProperty('stack', thrown.stack);
    expect(chainOf(error.cause)).toHaveLength(chainOf(thrown).length);
    for (const link of chainOf(error.cause)) expect(link).not.toHaveProperty('config');
  });

  test('may be a chain of causes without end', () => {
    const thrown = new Error('round');
    thrown.cause = thrown;

    expect(classify(thrown, call).cause).toBe(thrown);
  });
});
