import { PassThrough } from 'node:stream';
import { destroyQuietly } from '../../src/util/destroy-quietly';

test('a stream is destroyed with the error, if it can be', () => {
  const stream = new PassThrough().on('error', () => undefined);
  const error = new Error('the call has ended');

  destroyQuietly(stream, error);
  destroyQuietly({});

  expect(stream.errored).toBe(error);
});

test('what it throws when it is destroyed is of no interest', () => {
  const destroy = (): never => {
    throw new TypeError('the handle is closed');
  };

  expect(() => {
    destroyQuietly({ destroy });
  }).not.toThrow();
});
