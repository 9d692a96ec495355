import { HTTPClient, observe } from '../../src/index';
import { sendWithin, type RequestScope } from '../../src/events/request-scope';
import { service } from '../support/service';

const THROWS: RequestScope = {
  run() {
    throw new Error('no context of http://me:secret@tracer/');
  },
};
/** What a tracer of others may do. */
const FORGETS = { run: () => undefined } as unknown as RequestScope;

let warn: jest.SpyInstance;

beforeEach(() => {
  warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
});

afterEach(() => {
  warn.mockRestore();
});

test('a scope that throws, or does not send, harms no call, and the first one leads to a warning', async () => {
  const api = await service();
  const client = new HTTPClient({ retryAttempts: 0 });
  const scopes = [THROWS, FORGETS];
  const stop = observe({
    requestStart({ request }) {
      request.sendIn(scopes.shift() ?? THROWS);
    },
  });

  for (let call = 0; call < 3; call++) expect((await client.get(api.url)).status).toBe(200);
  stop();
  client.close();

  expect(api.requests).toHaveLength(3);
  expect(warn.mock.calls).toEqual([
    [
      'a scope of request.sendIn() failed: Error: no context of http://tracer/',
      { type: 'ObserverWarning', code: 'HDMS_OBSERVER' },
    ],
  ]);
});

test('what a transport throws is not sent again', () => {
  const send = jest.fn((): never => {
    throw new Error('no socket');
  });

  expect(() => sendWithin({ run: (inner) => inner() }, send, () => send.mock.calls.length > 0)).toThrow('no socket');
  expect(send).toHaveBeenCalledTimes(1);
});
