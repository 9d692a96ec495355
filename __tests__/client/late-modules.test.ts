import { AxiosError, AxiosHeaders } from 'axios';
import { HTTPClient, HTTPError } from '../../src/index';
import { service } from '../support/service';

test('a client that is made after Jest has reset its modules throws errors of the axios that was imported before', async () => {
  const api = await service([{ status: 500 }]);
  jest.resetModules();

  const failure: unknown = await new HTTPClient({ retryAttempts: 0 }).get(api.url).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(HTTPError);
  expect(failure).toBeInstanceOf(AxiosError);
  expect((failure as HTTPError).response.headers).toBeInstanceOf(AxiosHeaders);
});
