import { HTTPClient, type RequestData } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Received } from '../support/service';

const client = new HTTPClient();

type Send = (url: string, data: unknown, type: string) => Promise<unknown>;

const MEANS: readonly [string, Send][] = [
  ['a call', (url, data, type) => client.post(url, { data: data as RequestData, headers: { 'content-type': type } })],
  ['client.axios', (url, data, type) => client.axios.post(url, data, { headers: { 'content-type': type } })],
  [
    'a default of the client',
    (url, data, type) => new HTTPClient({ headers: { 'Content-Type': type } }).post(url, { data: data as RequestData }),
  ],
  [
    'defaults of axios',
    (url, data, type) => {
      const own = new HTTPClient();
      own.axios.defaults.headers.common['Content-Type'] = type;
      return own.post(url, { data: data as RequestData });
    },
  ],
];

/** Has no fields, but is JSON. */
class Money {
  readonly #cents: number;

  constructor(cents: number) {
    this.#cents = cents;
  }

  toJSON(): object {
    return { cents: this.#cents };
  }
}

async function sent(send: Send, data: unknown, type: string): Promise<Received | undefined> {
  const api = await service();
  await send(api.url, data, type);
  return api.requests[0];
}

describe.each(MEANS)('a Content-Type set by %s', (_, send) => {
  test.each<[string, unknown]>([
    ['application/json', { user: { name: 'Ada' } }],
    ['Application/JSON; charset=utf-8', [1, 2]],
    ['application/merge-patch+json', { a: null }],
    ['application/json', new Money(5)],
  ])('%s sends an object as JSON', async (type, data) => {
    const request = await sent(send, data, type);

    expect(String(request?.body)).toBe(JSON.stringify(data));
    expect(request?.headers['content-type']?.toLowerCase()).toBe(type.toLowerCase());
  });

  test('multipart/form-data sends an object as such a form', async () => {
    const request = await sent(send, { a: 1, b: Buffer.from('bytes') }, 'Multipart/Form-Data');

    const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? 'none';
    expect(String(request?.body)).toContain(`--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n`);
    expect(String(request?.body)).toContain(`bytes\r\n--${boundary}--`);
  });

  test('application/x-www-form-urlencoded sends an object as a form', async () => {
    const request = await sent(send, { a: 1 }, 'Application/X-WWW-Form-Urlencoded');

    expect(String(request?.body)).toBe('a=1');
  });

  test('FormData has the boundary that the type names', async () => {
    const form = new FormData();
    form.append('a', '1');

    const request = await sent(send, form, 'multipart/form-data; boundary=abc');

    expect(String(request?.body)).toBe('--abc\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--abc--\r\n');
  });

  test.each<[string, unknown, string]>([
    ['an object', { a: 1 }, 'multipart/mixed; boundary=abc'],
    ['FormData', new FormData(), 'application/json'],
  ])('%s under a type that it cannot have is refused', async (what, data, type) => {
    const error = await failure(send('http://127.0.0.1:9', data, type));

    expect(error).toMatchObject({ code: 'INVALID_BODY', sent: 'no' });
    expect(error.message).toContain(
      `the Content-Type of ${what} must be multipart/form-data, got ${type.split(';')[0]}`,
    );
  });
});
