import { HTTPClient } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

describe('a Location beyond ASCII is followed', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('/café?q=日', 'utf8')],
    ['escapes', Buffer.from('/caf%C3%A9?q=%E6%97%A5', 'latin1')],
  ])('in %s', async (_, location) => {
    const raw = await rawService((socket, requestNumber) => {
      if (requestNumber > 1) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      const [before, after] = ['HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ', '\r\n\r\n'];
      socket.write(Buffer.concat([Buffer.from(before), location, Buffer.from(after)]));
    });

    const response = await new HTTPClient({ timeout: 2 }).get(raw.url);

    expect(raw.requests[1]).toMatch(/^GET \/caf%C3%A9\?q=%E6%97%A5 HTTP/);
    expect(response.url).toBe(`${raw.url}/caf%C3%A9?q=%E6%97%A5`);
  });

  test('in Latin-1, which it should not be', async () => {
    const api = await service([{ status: 302, headers: { location: '/caf\u00e9' } }, {}]);

    await new HTTPClient({ timeout: 2 }).get(api.url);

    expect(api.requests[1]?.url).toBe('/caf%C3%A9');
  });
});

test.each(WAYS)('over %s, a redirect whose Location is empty is the response, as without one', async (_, way) => {
  const api = await service([{ status: 302, headers: { location: '' }, body: 'here' }]);

  const response = await new HTTPClient({ timeout: 2 }).get(api.url, way);

  expect(response).toMatchObject({ status: 302, data: 'here', retries: 0 });
  expect(api.requests).toHaveLength(1);
});
