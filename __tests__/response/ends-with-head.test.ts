import { HTTPClient } from '../../src/index';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

describe.each(WAYS)('over %s', (_, way) => {
  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('a response to %s with status %i has no body, whatever its headers announce', async (method, status) => {
    const headers = { 'Content-Length': '5000', 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' };
    const api = await service([{ handle: (_request, response) => response.writeHead(status, headers).end() }]);
    const client = new HTTPClient({ timeout: 5, retryAttempts: 0, maxResponseSize: 1000 });

    const response = await client.request(method, api.url, { ...way, validateStatus: () => true });

    expect(response).toMatchObject({ status, data: '' });
    client.close();
  });
});
