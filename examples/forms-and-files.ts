/** `data` as a form, and a form with a file. */
import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const uploads = await startService([{ status: 201 }]);
  const client = new HTTPClient();

  // A plain object is sent as a form; an array repeats its field.
  await client.post(uploads.url, { data: { title: 'New Issue', label: ['printer', 'fire'] } });
  const [form] = uploads.requests;
  console.log(form?.headers['content-type'], form?.body.toString());
  assert.equal(form?.body.toString(), 'title=New+Issue&label=printer&label=fire');

  // FormData carries files. A file on disk is read while it is sent, and read again for a retry.
  const report = new FormData();
  report.set('title', 'Monthly report');
  report.set('file', await openAsBlob(__filename, { type: 'text/plain' }), 'report.txt');
  await client.post(uploads.url, { data: report });
  const [, multipart] = uploads.requests;
  const { 'content-type': type = '', 'content-length': length = '' } = multipart?.headers ?? {};
  console.log(`${type}, ${length} bytes`);
  assert.match(
    multipart?.body.toString() ?? '',
    /name="file"; filename="report\.txt"\r\nContent-Type: text\/plain\r\n/,
  );

  // Bytes are sent as they are.
  await client.put(uploads.url, { data: Buffer.from('%PDF-1.7'), headers: { 'Content-Type': 'application/pdf' } });
  const [, , pdf] = uploads.requests;
  assert.equal(pdf?.headers['content-type'], 'application/pdf');
  assert.equal(pdf.body.toString(), '%PDF-1.7');

  client.close();
});
