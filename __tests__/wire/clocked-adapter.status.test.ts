import axios, { type AxiosAdapter } from 'axios';
import { HTTPClient, type HTTPClientOptions, type RequestException, type RequestOptions } from '../../src/index';
import { mockClient } from '../../src/testing';
import { service } from '../support/service';

const boom = new Error('boom');
const accepts = async (): Promise<boolean> => Promise.reject(boom);
const throws = (): never => {
  throw boom;
};

const onAxios: AxiosAdapter = async (config) => axios.getAdapter('http')(config);

/** What a call to a service is rejected with. */
type Fails = (options: RequestOptions, status: number) => Promise<RequestException>;

const failureOf = async (call: Promise<unknown>): Promise<RequestException> =>
  call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );

function over(given: HTTPClientOptions): Fails {
  return async (options, status) => {
    const api = await service([{ status, json: 1 }]);
    const error = await failureOf(new HTTPClient({ ...given, retry: { base: 0 } }).get(api.url, options));
    expect(api.requests).toHaveLength(1);
    return error;
  };
}

describe.each<[string, Fails]>([
  ['the transport', over({})],
  ["axios's fetch adapter", over({ adapter: 'fetch' })],
  ["a caller's adapter on that of axios", over({ adapter: onAxios })],
  ['a mock client', async (options, status) => failureOf(mockClient([{ status }]).get('http://api.test/', options))],
])('over %s', (_, failsWith) => {
  test.each([200, 503])('a validateStatus that returns a promise does not accept a %d in silence', async (status) => {
    const error = await failsWith({ validateStatus: accepts as never }, status);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retryable: false, sent: 'maybe' });
    expect(error.message).toContain('Option `validateStatus` must return true or false, got a promise');
    expect(error.attempts).toMatchObject([{ outcome: 'INTERCEPTOR_FAILED' }]);
  });

  test('a validateStatus that throws fails the call with its error', async () => {
    const error = await failsWith({ validateStatus: throws }, 200);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retryable: false, cause: boom });
  });
});

test('after the call, the config of an adapter has the validateStatus of its caller', async () => {
  const api = await service([{ status: 404 }]);
  const validateStatus = (status: number): boolean => status === 404;
  const adapter: AxiosAdapter = async (config) => onAxios(config);

  const { config, status } = await new HTTPClient({ adapter }).get(api.url, { validateStatus });

  expect(status).toBe(404);
  expect(config.validateStatus).toBe(validateStatus);
});
