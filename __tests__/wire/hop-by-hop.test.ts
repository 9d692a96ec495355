import { Readable } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const FAST = { retry: { base: 0.001 }, timeout: 2 };

describe.each(WAYS)('over %s', (_, way) => {
  test.each([
    ['Expect', '100-continue', undefined],
    ['expect', '100-Continue', undefined],
    ['EXPECT', '100-continue', undefined],
    ['Keep-Alive', 'timeout=5', undefined],
    ['KEEP-ALIVE', 'timeout=5, max=100', undefined],
    ['Trailer', 'X-Sum', undefined],
    ['Host', 'other.internal', 'other.internal'],
    ['HOST', 'other.internal:81', 'other.internal:81'],
    ['TE', 'trailers', 'trailers'],
    ['Connection', 'close', 'close'],
    ['CONNECTION', 'X-Custom, Close', 'close'],
    ['Connection', 'X-Custom', 'keep-alive'],
    ['Connection', 'keep-alive, HTTP2-Settings', 'keep-alive'],
    ['Connection', '', 'keep-alive'],
    ['TE', 'gzip, trailers', undefined],
    ['Proxy-Connection', 'keep-alive', undefined],
    ['HTTP2-Settings', 'AAMAAABkAARAAAAAAAIAAAAA', undefined],
  ])('%s: %j is received as %j', async (name, value, received) => {
    const api = await service();
    const client = new HTTPClient({ ...FAST, ...way });

    for (const verb of ['get', 'delete'] as const) await client[verb](api.url, { headers: { [name]: value } });
    const response = await client.post(api.url, { data: 'body', headers: { [name]: value } });

    expect(response.retries).toBe(0);
    expect(api.requests.map(({ headers }) => headers[name.toLowerCase()])).toEqual([received, received, received]);
    expect(String(api.requests[2]?.body)).toBe('body');
    client.close();
  });

  test('an empty Host, as of a variable that is not set, is that of the URL', async () => {
    const api = await service();

    await new HTTPClient({ ...FAST, ...way }).get(api.url, { headers: { host: '' } });

    expect(api.requests[0]?.headers.host).toBe(new URL(api.url).host);
  });

  test.each(['Transfer-Encoding', 'transfer-encoding', 'TRANSFER-ENCODING'])(
    '%s: chunked sends a stream in chunks, and a text with its length',
    async (name) => {
      const api = await service();
      const client = new HTTPClient({ ...FAST, ...way, headers: { [name]: 'chunked' } });

      await client.put(api.url, { data: Readable.from(['a', 'bc']) });
      await client.put(api.url, { data: 'text' });
      await client.get(api.url);

      expect(
        api.requests.map(({ body, headers }) => [
          String(body),
          headers['transfer-encoding'],
          headers['content-length'],
        ]),
      ).toEqual([
        ['abc', 'chunked', undefined],
        ['text', undefined, '4'],
        ['', undefined, undefined],
      ]);
      client.close();
    },
  );

  test.each([
    ['Expect', '200-ok'],
    ['expect', ''],
    ['Transfer-Encoding', 'gzip, chunked'],
    ['transfer-encoding', 'identity'],
    ['Upgrade', 'h2c'],
    ['upgrade', 'websocket'],
    ['Host', ['a.internal', 'b.internal']],
  ])('%s: %j is refused at once', async (name, value) => {
    const api = await service();
    const client = new HTTPClient({ ...FAST, ...way });

    const error = await failure(client.post(api.url, { data: 'body', headers: { [name]: value } }));

    expect(error).toMatchObject({ code: 'INVALID_HEADER', sent: 'no', retries: 0 });
    expect(error.message).toMatch(new RegExp(`header \`${name}\` `, 'i'));
    expect(api.requests).toEqual([]);
  });
});
