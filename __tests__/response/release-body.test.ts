import { Readable } from 'node:stream';
import { releaseBody } from '../../src/response/release-body';

test('a stream is destroyed', () => {
  const data = new Readable({ read: () => undefined });

  releaseBody({ data });

  expect(data.destroyed).toBe(true);
});

test('a web stream is cancelled', async () => {
  const cancel = jest.fn();

  releaseBody({ data: new ReadableStream({ cancel }) });
  await new Promise(setImmediate);

  expect(cancel).toHaveBeenCalledTimes(1);
});

test('a web stream that somebody reads, or that has failed, is left alone', async () => {
  const read = new ReadableStream();
  read.getReader();
  const failed = new ReadableStream({
    start(controller) {
      controller.error(new Error('broken'));
    },
  });

  releaseBody({ data: read });
  releaseBody({ data: failed });

  // Neither rejection is unhandled.
  await new Promise(setImmediate);
  expect(read.locked).toBe(true);
});

test.each([[undefined], [{}], [{ data: 'text' }], [{ data: null }]])('%p has nothing to release', (response) => {
  expect(() => {
    releaseBody(response);
  }).not.toThrow();
});
