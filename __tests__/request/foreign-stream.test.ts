import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HTTPClient, type RequestData, type RequestOptions } from '../../src/index';
import { isForeignStream, isUsedUp, toReadable } from '../../src/request/foreign-stream';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

// Without types of its own; near enough to Node's.
const { Readable: ForeignReadable } = createRequire(__filename)('readable-stream') as { Readable: typeof Readable };

const foreign = (...chunks: unknown[]): Readable => ForeignReadable.from(chunks);
const failing = (): Readable => {
  const stream = new ForeignReadable({ read: () => undefined });
  setImmediate(() => stream.destroy(new Error('disk on fire')));
  return stream;
};

const read = async (stream: Readable): Promise<Readable> => {
  await text(stream);
  return stream;
};

/** As the streams of the first Node: it knows neither iterators nor destroy. */
class OldStream extends EventEmitter {
  pipe(destination: NodeJS.WritableStream): unknown {
    setImmediate(() => {
      destination.write('old');
      this.emit('end');
      destination.end();
    });
    return destination;
  }
}

test('the stream of the package is no instance of Node’s, and taken for a stream', () => {
  expect(foreign()).not.toBeInstanceOf(Readable);
  expect([foreign(), new OldStream(), new PassThrough()].map(isForeignStream)).toEqual([true, true, true]);
  expect([{}, { pipe: 1 }, [], new Map()].map(isForeignStream)).toEqual([false, false, false, false]);
});

test('an old-style stream flows once it is piped', async () => {
  expect(await text(toReadable(new OldStream()))).toBe('old');
});

test('a stream that is closed before its end fails', async () => {
  const old = new OldStream();
  old.pipe = () => setImmediate(() => old.emit('close'));

  await expect(text(toReadable(old))).rejects.toThrow('closed before its end');
});

test('a stream of another package that cannot be destroyed does not end the process', () => {
  const source = Object.assign(new PassThrough(), {
    destroy: () => {
      throw new TypeError('the handle is closed');
    },
  });

  const stream = toReadable(source);

  expect(() => stream.emit('close')).not.toThrow();
});

test('a stream that is not needed any more is destroyed', async () => {
  const source = foreign('a');

  toReadable(source).destroy();
  await new Promise(setImmediate);

  expect([source.destroyed, isUsedUp(source)]).toEqual([true, true]);
});

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ retry: { base: 0.001 } });
  const send = {
    call: async (url: string, data: RequestData, options: RequestOptions = {}) =>
      client.post(url, { ...way, ...options, data }),
    'client.axios': async (url: string, data: unknown, options: RequestOptions = {}) =>
      client.axios.post(url, data, { ...way, ...options } as object),
  };

  test.each(['call', 'client.axios'] as const)('it is sent, by %s', async (means) => {
    const api = await service();

    await send[means](api.url, foreign('hello ', Buffer.from('world')));
    await send[means](api.url, foreign('hello'), { headers: { 'Content-Length': 5 } });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['hello world', 'hello']);
    expect(api.requests.map(({ headers }) => headers['content-length'])).toEqual([undefined, '5']);
  });

  test('a function makes it anew for each attempt', async () => {
    const api = await service([{ status: 503 }, {}]);

    await send.call(api.url, () => foreign('hello'));

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['hello', 'hello']);
  });

  test.each<[string, () => RequestData | Promise<Readable>, string]>([
    ['fails', failing, 'the body stream failed: disk on fire'],
    ['is made by a function and fails', () => failing, 'the body stream failed: disk on fire'],
    ['gives chunks that are no bytes', () => foreign(1), 'must be a string, Buffer or Uint8Array, got a number'],
    ['was destroyed', () => foreign('a').destroy(), 'already been read or destroyed'],
    ['was read', () => read(foreign('a')), 'already been read or destroyed'],
    [
      'is old and was read',
      () => Object.assign(new OldStream(), { readable: false }),
      'already been read or destroyed',
    ],
  ])('one that %s is INVALID_BODY', async (__, make, why) => {
    const api = await service();

    const error = await failure(send.call(api.url, await make()));

    expect(error).toMatchObject({ code: 'INVALID_BODY', message: expect.stringContaining(why) as string });
    expect(api.requests).toHaveLength(0);
  });
});
