import { ReadableStream } from 'node:stream/web';
import { HTTPClient, type RequestData } from '../../src/index';
import { service, type Received } from '../support/service';
import { WAYS } from '../support/ways';

/** Files and forms as polyfills have them: no instances of Node's classes. */
class ForeignFile {
  readonly [Symbol.toStringTag] = 'File';
  readonly type = 'text/csv';
  readonly name = 'a.csv';
  readonly size = 3;

  constructor(private readonly hasStream: boolean) {}

  stream(): unknown {
    return this.hasStream ? ReadableStream.from([Buffer.from('a;'), Buffer.from('b')]) : undefined;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(new Uint8Array(Buffer.from('a;b')).buffer);
  }
}

class ForeignForm {
  readonly [Symbol.toStringTag] = 'FormData';
  readonly #entries: [string, string | ForeignFile][] = [];

  append(name: string, value: string | ForeignFile): this {
    this.#entries.push([name, value]);
    return this;
  }

  [Symbol.iterator](): Iterator<[string, string | ForeignFile]> {
    return this.#entries.values();
  }
}

const form = (hasStream = true): ForeignForm =>
  new ForeignForm().append('name', 'Ada').append('file', new ForeignFile(hasStream));

function expectForm({ headers, body }: Received): void {
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
  expect(headers['content-length']).toBe(String(body.length));
  expect(body.toString()).toBe(
    [
      `--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n`,
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na;b\r\n`,
      `--${boundary}--\r\n`,
    ].join(''),
  );
}

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ retry: { base: 0.001 } });

  test.each<[string, () => RequestData]>([
    ['FormData', form],
    ['FormData whose files have no stream', () => form(false)],
    ['a function that makes FormData', () => form],
  ])('%s of another package is sent with its length, and sent again', async (__, make) => {
    const api = await service([{ status: 503 }, {}]);

    await client.post(api.url, { ...way, data: make() });

    expect(api.requests).toHaveLength(2);
    api.requests.forEach(expectForm);
  });

  test('client.axios takes it, too', async () => {
    const api = await service([{ status: 503 }, {}]);

    await client.axios.post(api.url, form(), way as object);

    expect(api.requests).toHaveLength(2);
    api.requests.forEach(expectForm);
  });

  test('a File of another package is sent as its bytes, with its type', async () => {
    const api = await service([{ status: 503 }, {}]);

    await client.put(api.url, { ...way, data: new ForeignFile(true) });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['a;b', 'a;b']);
    expect(api.requests[1]?.headers).toMatchObject({ 'content-type': 'text/csv', 'content-length': '3' });
  });
});
