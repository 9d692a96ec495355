import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeMultipart } from '../../src/request/multipart';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const blobOf = (form: FormData): Blob => encodeMultipart(form).body as Blob;

const client = new HTTPClient({ retry: { base: 0.001 } });

test('a form reaches the service part by part, with its length', async () => {
  const api = await service();
  const form = new FormData();
  form.append('name', 'Ada\nLovelace');
  form.append('file', new Blob(['a;b'], { type: 'text/csv' }), 'a.csv');
  form.append('file', new Blob([Buffer.from([0xff])]));

  await client.post(api.url, { data: form });

  const [request] = api.requests;
  const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? 'none';
  const part = (headers: string, content: string): string =>
    `--${boundary}\r\nContent-Disposition: ${headers}\r\n\r\n${content}\r\n`;
  expect(request?.headers['content-length']).toBe(String(request?.body.length));
  expect(request?.headers).not.toHaveProperty('transfer-encoding');
  expect(request?.body.toString('latin1')).toBe(
    part('form-data; name="name"', 'Ada\r\nLovelace') +
      part('form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv', 'a;b') +
      part('form-data; name="file"; filename="blob"\r\nContent-Type: application/octet-stream', '\xff') +
      `--${boundary}--\r\n`,
  );
});

test('a form is sent whole on every attempt', async () => {
  const api = await service([{ status: 503 }, {}]);
  const form = new FormData();
  form.append('name', 'Ada');

  await client.post(api.url, { data: form });

  expect(api.requests[0]?.body.toString()).toContain('Ada');
  expect(api.requests[1]?.body).toEqual(api.requests[0]?.body);
});

test('a file of the disk is a part like any other', async () => {
  const api = await service();
  const folder = await mkdtemp(path.join(tmpdir(), 'multipart-'));
  await writeFile(path.join(folder, 'a.txt'), 'from the disk');
  const form = new FormData();
  form.append('file', await openAsBlob(path.join(folder, 'a.txt')), 'a.txt');

  await client.post(api.url, { data: form }).finally(() => rm(folder, { recursive: true }));

  expect(api.requests[0]?.body.toString()).toContain('filename="a.txt"\r\n');
  expect(api.requests[0]?.body.toString()).toContain('\r\n\r\nfrom the disk\r\n');
});

test('a type without a boundary is completed, and one with a boundary is kept', async () => {
  const api = await service();
  const form = new FormData();
  form.append('a', '1');

  await client.post(api.url, { data: form, headers: { 'Content-Type': 'multipart/form-data' } });
  await client.post(api.url, { data: form, headers: { 'Content-Type': 'multipart/form-data; boundary=own' } });

  const [first, second] = api.requests.map(({ headers }) => headers['content-type']);
  expect(first).toMatch(/^multipart\/form-data; boundary=-/);
  expect(second).toBe('multipart/form-data; boundary=own');
});

test('names cannot break out of their quotes', async () => {
  const form = new FormData();
  form.append('a"\r\nX: 1', '1');
  form.append('b', new Blob(['2']), 'c"\n.txt');

  const text = await blobOf(form).text();

  expect(text).toContain('name="a%22%0D%0AX: 1"\r\n\r\n1\r\n');
  expect(text).toContain('name="b"; filename="c%22%0D%0A.txt"\r\nContent-Type: application/octet-stream\r\n\r\n2\r\n');
});

test('an empty form has its closing boundary', async () => {
  const blob = blobOf(new FormData());

  expect(await blob.text()).toBe(`--${blob.type.split('boundary=')[1] ?? ''}--\r\n`);
});
