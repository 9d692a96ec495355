import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { rawService } from '../support/raw-service';

/** One read of a socket, and more than a stream asks for at a time: it pauses the connection after the last byte. */
const BODY = Buffer.alloc(65_536, 'a');

/** A response on a connection that is not kept, read only after the server has ended the connection by `end`. */
async function readLate(
  framing: string,
  end: 'end' | 'resetAndDestroy',
  body: string | Buffer = BODY,
): Promise<Buffer> {
  const api = await rawService((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${framing}\r\n`);
    setTimeout(() => socket.write(body), 50);
    setTimeout(() => socket[end](), 100);
  });
  const client = new HTTPClient({ transport: undici(), retryAttempts: 0 });
  const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
  await sleep(200);
  client.close();
  return buffer(data);
}

describe('a connection that the server ends while nobody reads', () => {
  test.each([
    ['a length', `Content-Length: ${BODY.length}\r\n`],
    ['its end', ''],
  ])('does not end the process: a body that ends with %s arrives whole', async (_, framing) => {
    expect(await readLate(framing, 'end')).toHaveLength(BODY.length);
  });

  test('a chunked body whose end has arrived is whole, even after a reset', async () => {
    const chunked = `10000\r\n${BODY.toString()}\r\n0\r\n\r\n`;

    expect(await readLate('Transfer-Encoding: chunked\r\n', 'resetAndDestroy', chunked)).toHaveLength(BODY.length);
  });

  test.each(['end', 'resetAndDestroy'] as const)('a body that misses bytes is truncated (%s)', async (end) => {
    const reading = readLate(`Content-Length: ${BODY.length + 1}\r\n`, end);

    await expect(reading).rejects.toMatchObject({ code: 'BODY_TRUNCATED' });
  });
});
