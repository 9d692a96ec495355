import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HTTPClient } from '../../src/index';
import { besideHeaders, isWhole, bodySource } from '../../src/transports/body-source';
import { service } from '../support/service';

test.each([
  ['text', 'a', true],
  ['bytes', new Uint8Array(1), true],
  ['a stream', Readable.from(['a']), false],
  ['a Blob', new Blob(['a']), false],
])('%s is written at once: %s', (_, body, expected) => {
  expect(isWhole(body)).toBe(expected);
});

test.each([undefined, 'Grüße', Buffer.from('Grüße'), Readable.from(['Grü', 'ße'])])(
  'a header in Latin-1 arrives as it was set, with the body %p',
  async (data) => {
    const api = await service();
    const client = new HTTPClient();

    await client.post(api.url, { data, headers: { 'X-User': 'José', 'X-Users': ['ada', 'Zoë'] } });
    client.close();

    expect(api.requests[0]?.headers).toMatchObject({ 'x-user': 'José', 'x-users': 'ada, Zoë' });
    expect(String(api.requests[0]?.body)).toBe(data === undefined ? '' : 'Grüße');
  },
);

test('a text stays one, unless a header has other characters than those of ASCII', () => {
  expect(besideHeaders('ä', { 'X-User': 'ada' })).toBe('ä');
  expect(besideHeaders('ä', { 'X-User': 'José' })).toEqual(Buffer.from('ä'));
});

test('a stream is its own source, and a Blob is read', async () => {
  const stream = Readable.from(['a']);

  expect(bodySource(stream, fail)).toBe(stream);
  expect(await text(bodySource(new Blob(['b']), fail))).toBe('b');
});

test.each<[string, (stream: Readable) => unknown, string]>([
  ['is destroyed with an error', (stream) => stream.destroy(new Error('disk full')), 'disk full'],
  ['is destroyed without one', (stream) => stream.destroy(), 'it stopped before its end'],
  ['emits an error that is none', (stream) => stream.emit('error'), 'it stopped before its end'],
])('a stream that %s is reported', async (_, stop, message) => {
  const stream = new Readable({ read: () => undefined });

  const failure = new Promise<Error>((resolve) => bodySource(stream, resolve));
  stop(stream);

  expect((await failure).message).toBe(message);
});

test('a stream that has been destroyed before is reported', async () => {
  const stream = Readable.from(['a']).on('error', () => undefined);
  stream.destroy(new Error('disk full'));
  await new Promise((resolve) => stream.once('close', resolve));

  const failure = await new Promise<Error>((resolve) => bodySource(stream, resolve));

  expect(failure.message).toBe('disk full');
});

test('an empty stream that has ended is no failure, unless it is destroyed before that is read', async () => {
  const onFailure = jest.fn();
  const [sent, destroyed] = [new PassThrough().end(), new PassThrough().end()];
  await new Promise(setImmediate);

  expect(await text(bodySource(sent, onFailure))).toBe('');
  expect(onFailure).not.toHaveBeenCalled();

  bodySource(destroyed, onFailure);
  await new Promise(setImmediate);
  destroyed.destroy();
  await new Promise(setImmediate);
  expect(onFailure).toHaveBeenCalledTimes(1);
});

test('a stream that ends is no failure', async () => {
  const onFailure = jest.fn();

  await text(bodySource(Readable.from(['a', 'b']), onFailure));

  expect(onFailure).not.toHaveBeenCalled();
});

function fail(error: Error): never {
  throw error;
}
