import { createClient, HTTPClient } from '../../src/index';
import { service } from '../support/service';

test('makes an HTTPClient', async () => {
  const api = await service();
  const client = createClient({ headers: { 'X-Service': 'tickets' } });

  await client.get(api.url);

  expect(client).toBeInstanceOf(HTTPClient);
  expect(api.requests[0]?.headers['x-service']).toBe('tickets');
});
