import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { service } from '../support/service';

const boom = new Error('boom');
const throws = (): never => {
  throw boom;
};
const rejects = async (): Promise<never> => Promise.reject(boom);

const adapters: [string, HTTPClientOptions][] = [
  ['the adapter of the client', {}],
  ["axios's fetch adapter", { adapter: 'fetch' }],
];

describe.each(adapters)('over %s', (_, options) => {
  const uncaught = jest.fn();

  beforeEach(() => {
    uncaught.mockClear();
    process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught);
  });

  afterEach(() => {
    process.off('uncaughtException', uncaught).off('unhandledRejection', uncaught);
  });

  test.each([
    ['onUploadProgress', 'throws', throws],
    ['onUploadProgress', 'rejects', rejects],
    ['onDownloadProgress', 'throws', throws],
    ['onDownloadProgress', 'rejects', rejects],
  ])('%s %s: a warning, and the call and the process go on', async (name, _how, listener) => {
    const api = await service([{ json: { id: 1 } }]);
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();

    const { data } = await new HTTPClient(options).post(api.url, { data: 'body', [name]: listener });
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(data).toEqual({ id: 1 });
    expect(warn.mock.calls).toEqual([
      [`\`${name}\` failed: Error: boom`, { code: 'HDMS_PROGRESS', type: 'ObserverWarning' }],
    ]);
    expect(uncaught).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('progress is told to the functions of the call', async () => {
    const api = await service([{ body: 'abc' }]);
    const [onUploadProgress, onDownloadProgress] = [jest.fn(), jest.fn()];

    await new HTTPClient(options).post(api.url, { data: 'body', onUploadProgress, onDownloadProgress });

    expect(onUploadProgress).toHaveBeenLastCalledWith(expect.objectContaining({ loaded: 4, upload: true }));
    expect(onDownloadProgress).toHaveBeenLastCalledWith(expect.objectContaining({ loaded: 3, download: true }));
  });
});
