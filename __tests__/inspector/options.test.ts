import { inspectorHandler, startInspector } from '../../src/inspector/index';
import { resolveHandler, resolveInspector } from '../../src/inspector/options';

test('the defaults', () => {
  expect(resolveInspector({})).toEqual({
    ...{ port: 0, host: '127.0.0.1', authorize: undefined },
    ...{ maxCalls: 1000, maxBytes: 8 * 1024 * 1024, traceURL: undefined },
  });
});

test.each([
  [{ port: -1 }, '`port` must be an integer from 0 to 65535'],
  [{ port: '80' }, '`port` must be an integer'],
  [{ host: 5 }, '`host` must be a host name, got 5'],
  [{ host: '0.0.0.0' }, 'pass `authorize`'],
  [{ host: 'service.internal' }, 'pass `authorize`'],
  [{ maxCalls: 0 }, '`maxCalls` must be an integer from 1 to 100000'],
  [{ maxBytes: 10 }, '`maxBytes` must be an integer from 65536'],
  [{ traceURL: 'https://jaeger.internal/' }, '`traceURL` must be an http or https URL with `{traceId}` in it'],
  [{ traceURL: 'javascript:alert({traceId})' }, '`traceURL` must be'],
  [{ authorize: true }, '`authorize` must be a function, got true'],
  [{ bodies: true }, '`bodies` must be false, got true: bodies are never recorded'],
  [{ maxcalls: 5 }, 'Did you mean `maxCalls`?'],
  ['8000', 'Options must be an object, got a string'],
])('startInspector(%j) says what is wrong', async (options, message) => {
  await expect(startInspector(options as never)).rejects.toThrow(message);
});

test('another address is allowed with `authorize`', () => {
  expect(resolveInspector({ host: '0.0.0.0', authorize: () => true }).host).toBe('0.0.0.0');
});

describe('inspectorHandler', () => {
  const { NODE_ENV } = process.env;

  afterEach(() => {
    process.env['NODE_ENV'] = NODE_ENV;
  });

  test('needs `authorize` in production', () => {
    process.env['NODE_ENV'] = 'production';

    expect(() => inspectorHandler()).toThrow('inspectorHandler needs `authorize` in production');
    expect(resolveHandler({ authorize: () => true })).toMatchObject({ maxCalls: 1000 });
  });

  test('takes no port', () => {
    expect(() => inspectorHandler({ port: 5 } as never)).toThrow('Unknown option of inspectorHandler `port`');
  });
});
