import { channel } from 'node:diagnostics_channel';
import { listen } from '../../src/opentelemetry/listen';

test('what a handler throws leads to one warning and harms nobody, until it is stopped', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const made = channel('@hdms/http-client:test:listen');
  const heard: unknown[] = [];
  const stop = listen(made, (message) => {
    heard.push(message);
    throw new Error('broken');
  });

  made.publish(1);
  made.publish(2);
  stop();
  made.publish(3);

  expect(heard).toEqual([1, 2]);
  expect(warned.mock.calls.map(([text]) => text)).toEqual([
    'openTelemetry(): the subscriber of @hdms/http-client:test:listen failed: Error: broken',
  ]);
  expect(made.hasSubscribers).toBe(false);
  warned.mockRestore();
});
