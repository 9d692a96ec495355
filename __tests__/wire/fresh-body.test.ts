import { PassThrough, Readable } from 'node:stream';
import { Call } from '../../src/call/call';
import { HTTPClient } from '../../src/index';
import { freshBody } from '../../src/wire/fresh-body';

const call = new Call('GET', 'http://a/');

describe('the body of an attempt', () => {
  test.each([['text'], [new Uint8Array(1)], [new Blob([])], [new PassThrough()]])('is %p itself', (data) => {
    expect(freshBody(data, call)).toBe(data);
  });

  test.each([undefined, null])('is none for %p', (data) => {
    expect(freshBody(data, call)).toBeUndefined();
  });

  test('is what the function returns, anew each time', () => {
    const make = (): Readable => Readable.from(['a']);

    expect(freshBody(make, call)).toBeInstanceOf(Readable);
    expect(freshBody(make, call)).not.toBe(freshBody(make, call));
  });

  test.each([
    [5, 'got a number'],
    [{}, 'got an object'],
    [() => null, 'got null'],
    [() => () => 'a', 'got a function'],
    [Readable.from([]).destroy(), 'has already been read or destroyed'],
  ])('is refused if it is %p', (data, message) => {
    expect(() => freshBody(data, call)).toThrow(message);
  });

  test('is refused if the function throws, with what it threw', () => {
    const cause = new Error('no file');
    const make = (): never => {
      throw cause;
    };

    expect(() => freshBody(make, call)).toThrow(expect.objectContaining({ code: 'INVALID_BODY', cause }) as Error);
  });

  test('is refused if it is a promise, whose failure does not end the process', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const transformRequest = async (): Promise<never> => Promise.reject(new Error('no'));

    const sent = new HTTPClient().post('http://127.0.0.1:1/', { data: 'x', transformRequest });

    await expect(sent).rejects.toMatchObject({ code: 'INVALID_BODY', attempts: [{}] });
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
