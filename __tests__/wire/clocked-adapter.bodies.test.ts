import { Readable } from 'node:stream';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const retry = { base: 0.001 };

test.each<[string, () => string | Buffer | Blob | Readable | URLSearchParams, string]>([
  ['stream', () => Readable.from(['one ', 'two']), 'one two'],
  ['text', () => 'one two', 'one two'],
  ['bytes', () => Buffer.from('one two'), 'one two'],
  ['Blob', () => new Blob(['one two']), 'one two'],
  ['form', () => new URLSearchParams({ one: '2' }), 'one=2'],
])("axios's fetch adapter sends what a function returns on each attempt: %s", async (_, data, body) => {
  const api = await service([{ status: 503 }, { status: 200 }]);

  await new HTTPClient({ retry }).post(api.url, { data, adapter: 'fetch' });

  expect(api.requests.map((request) => String(request.body))).toEqual([body, body]);
});

test('a multipart form of a function is sent with its boundary', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const data = (): FormData => {
    const form = new FormData();
    form.append('name', 'x');
    return form;
  };

  await new HTTPClient({ retry }).post(api.url, { data, adapter: ['xhr', 'fetch'] });

  for (const { headers, body } of api.requests) {
    const boundary = /boundary=(.+)$/.exec(String(headers['content-type']))?.[1] ?? 'none';
    expect(String(body)).toContain(`--${boundary}--`);
  }
  expect(api.requests).toHaveLength(2);
});

test('a function that fails is INVALID_BODY, and nothing is sent', async () => {
  const api = await service([]);
  const data = (): never => {
    throw new Error('no such file');
  };

  const call = new HTTPClient({ retry }).post(api.url, { data, adapter: 'fetch' });

  await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', cause: { message: 'no such file' } });
  expect(api.requests).toEqual([]);
});

test('an adapter of the caller gets the function, as it may pass it on', async () => {
  const data = (): string => 'text';
  let got: unknown;

  await new HTTPClient().post('http://service.test/', {
    data,
    adapter: async (config) => {
      got = config.data;
      return Promise.resolve({ status: 200, statusText: 'OK', headers: {}, data: '', config });
    },
  });

  expect(got).toBe(data);
});
