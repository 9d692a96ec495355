import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import zlib from 'node:zlib';
import { BodyReader, type BodyReaderOptions } from '../../src/wire/body-reader';

interface Told {
  readonly complete: string[];
  readonly tooLarge: string[];
  readonly undecoded: string[];
}

function reader(
  options: Partial<BodyReaderOptions> = {},
  headers: Record<string, string> = {},
): { reader: BodyReader; told: Told; headers: Record<string, string> } {
  const told: Told = { complete: [], tooLarge: [], undecoded: [] };
  const nothing = (): void => undefined;
  const settings: BodyReaderOptions = {
    head: { status: 200, statusText: 'OK', headers, request: undefined },
    exchange: { phase: 'body', request: undefined, pause: nothing, resume: nothing, destroy: nothing },
    codings: 'content-encoding' in headers ? [headers['content-encoding']] : undefined,
    isStream: false,
    limit: Infinity,
    ...options,
  };
  const events = {
    complete: (body: Buffer) => told.complete.push(body.toString()),
    tooLarge: (body: Buffer) => told.tooLarge.push(body.toString()),
    undecodable: ({ message }: Error) => told.undecoded.push(message),
    reading: nothing,
  };
  const answer = new BodyReader(settings, events);
  return { reader: answer, told, headers };
}

async function settled(told: Told): Promise<void> {
  for (let turn = 0; turn < 1000 && Object.values(told).every((list) => (list as string[]).length === 0); turn++) {
    await wait(2);
  }
}

test.each([
  [[], ''],
  [['one'], 'one'],
  [['one ', 'two'], 'one two'],
  [['', 'one ', '', 'two ', 'three'], 'one two three'],
])('the chunks %j are the body %j', (chunks, body) => {
  const { reader: answer, told } = reader();

  for (const chunk of chunks) answer.push(Buffer.from(chunk));
  answer.end();

  expect(told.complete).toEqual([body]);
  expect(answer.readable).toBeUndefined();
});

test('an encoded body is decoded, and its headers say so no more', async () => {
  const {
    reader: answer,
    told,
    headers,
  } = reader({}, { 'content-encoding': 'gzip', 'content-type': 'text/plain', 'content-length': '25' });

  answer.push(zlib.gzipSync('hello'));
  answer.end();
  await settled(told);

  expect(told.complete).toEqual(['hello']);
  expect(headers).toEqual({ 'content-type': 'text/plain' });
});

test('a body whose codings are not undone stays as it is', () => {
  const {
    reader: answer,
    told,
    headers,
  } = reader({ codings: undefined }, { 'content-encoding': 'gzip', 'content-length': '3' });

  answer.push(Buffer.from('raw'));
  answer.end();

  expect(told.complete).toEqual(['raw']);
  expect(headers).toEqual({ 'content-encoding': 'gzip', 'content-length': '3' });
});

test('a body that cannot be decoded is told of, and never complete', async () => {
  const { reader: answer, told } = reader({}, { 'content-encoding': 'gzip' });

  answer.push(Buffer.from('no gzip'));
  answer.end();
  await settled(told);

  expect(told.undecoded).toEqual(['incorrect header check']);
  expect(told.complete).toEqual([]);
});

test('a body above the limit is told of with what fits', () => {
  const { reader: answer, told } = reader({ limit: 5 });

  answer.push(Buffer.from('1234'));
  answer.push(Buffer.from('56'));

  expect(told).toMatchObject({ tooLarge: ['1234'], complete: [] });
});

test('the limit counts decoded bytes', async () => {
  const { reader: answer, told } = reader({ limit: 1000 }, { 'content-encoding': 'gzip' });
  const bomb = zlib.gzipSync('a'.repeat(100_000));
  expect(bomb.length).toBeLessThan(1000);

  answer.push(bomb);
  answer.end();
  await settled(told);

  expect(told.tooLarge.length).toBeGreaterThan(0);
});

test('a stream has no limit, and is never complete', async () => {
  const { reader: answer, told } = reader({ isStream: true, limit: 1 });

  answer.push(Buffer.from('streamed'));
  answer.end();

  expect(answer.readable && (await text(answer.readable))).toBe('streamed');
  expect(told).toEqual({ complete: [], tooLarge: [], undecoded: [] });
});

test('what breaks a body that is collected is told elsewhere', async () => {
  const { reader: answer, told } = reader({}, { 'content-encoding': 'gzip' });

  answer.destroy(new Error('the connection broke'));
  await new Promise(setImmediate);

  expect(told.complete).toEqual([]);
});
