import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import zlib from 'node:zlib';
import { BodyStream, type BodyStreamOptions } from '../../src/wire/body-stream';

/** A stream over an exchange that writes down what is asked of it. */
function stream(encoding?: string): { body: BodyStream; log: string[] } {
  const log: string[] = [];
  const note = (entry: string) => (): void => {
    log.push(entry);
  };
  const options: BodyStreamOptions = {
    codings: encoding === undefined ? undefined : encoding.split(', '),
    exchange: {
      pause: note('pause'),
      resume: note('resume'),
      destroy: note('destroy'),
    },
    onRead: (isReading) => log.push(isReading ? 'reading' : 'idle'),
    onDecodingError: ({ message }) => log.push(message),
  };
  return { body: new BodyStream(options), log };
}

test('gives what was pushed', async () => {
  const { body } = stream();

  body.push(Buffer.from('one '));
  body.push(Buffer.from('two'));
  body.push(null);

  expect(await text(body.readable)).toBe('one two');
});

test('pauses the exchange while nobody reads, and resumes it for a reader', async () => {
  const { body, log } = stream();

  body.push(Buffer.alloc(200_000));
  expect(log.filter((entry) => entry !== 'reading' && entry !== 'resume')).toEqual(['idle', 'pause']);
  log.length = 0;
  body.readable.resume();
  await once(body.readable, 'data');

  expect(log.slice(0, 2)).toEqual(['reading', 'resume']);
});

test('waits for nothing more after the end', () => {
  const { body, log } = stream();

  body.push(null);

  expect(log.at(-1)).toBe('idle');
});

test('gives an encoded body decoded', async () => {
  const { body } = stream('gzip');

  body.push(zlib.gzipSync('hello'));
  body.push(null);

  expect(await text(body.readable)).toBe('hello');
});

test('gives an empty body without decoding it', async () => {
  const { body, log } = stream('zstd');

  body.push(null);

  expect(await text(body.readable)).toBe('');
  expect(log.join()).not.toContain('zstd');
});

test.each([
  ['exi', Buffer.from('a'), 'the body is encoded as exi, which this version of Node cannot decode'],
  ['gzip', Buffer.from('no gzip'), 'incorrect header check'],
])('tells that %s cannot be decoded', async (encoding, chunk, message) => {
  const { body, log } = stream(encoding);
  body.readable.resume();

  body.push(chunk);
  for (let turn = 0; turn < 1000 && !log.includes(message); turn++) await wait(2);

  expect(log).toContain(message);
});

test.each([undefined, 'gzip'])('that is destroyed by its reader ends the exchange (encoding: %p)', async (encoding) => {
  const { body, log } = stream(encoding);

  body.readable.destroy();
  await once(body.readable, 'close');

  expect(log).toContain('destroy');
});

test.each([undefined, 'gzip'])('hands a failure to its reader (encoding: %p)', async (encoding) => {
  const { body } = stream(encoding);
  const failure = new Error('the connection broke');
  const reading = text(body.readable);

  body.destroy(failure);

  await expect(reading).rejects.toBe(failure);
});
