import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { HTTPClient, observe, type Observer } from '../../src/index';
import { service } from '../support/service';

const throws = (): never => {
  throw new Error('no more of http://a.test/?token=secret');
};
const rejects = (): Promise<never> => Promise.reject(new Error('no more'));
const thenable = (): object => ({ then: (_: unknown, reject: (reason: unknown) => void) => { reject(null); } }); // prettier-ignore

test.each([
  ['throws', throws],
  ['rejects', rejects],
  ['returns a thenable that rejects with null', thenable],
])('a handler that %s harms no call, and there is one warning', async (_, handler) => {
  const api = await service();
  const names = ['callStart', 'attemptStart', 'requestStart', 'requestHeaders', 'requestEnd', 'attemptEnd', 'callEnd'];
  const seen: string[] = [];
  const stops = [
    observe(Object.fromEntries(names.map((name) => [name, handler]))),
    observe(Object.fromEntries(names.map((name) => [name, () => seen.push(name)]))),
  ];

  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const client = new HTTPClient();
  await client.get(api.url);
  await client.get(api.url);
  for (const stop of stops) stop();

  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(/^the handler `callStart` of observe\(\) failed: Error: (?!.*secret)/),
      { type: 'ObserverWarning', code: 'HDMS_OBSERVER' },
    ],
  ]);
  warn.mockRestore();
  expect(seen).toEqual([...names, ...names]);
});

test('ends by the returned function, however often it is called, also in a handler', async () => {
  const api = await service();
  let count = 0;
  const stop = observe({
    callStart: () => {
      stop();
      stop();
    },
    callEnd: () => count++,
  });

  await new HTTPClient().get(api.url);

  expect(count).toBe(0);
});

test('the same handler twice is called twice, and one of the two can end', async () => {
  const api = await service();
  let count = 0;
  const callEnd = (): number => count++;
  const stops = [observe({ callEnd }), observe({ callEnd })];
  await new HTTPClient().get(api.url);
  stops[0]?.();
  await new HTTPClient().get(api.url);
  stops[1]?.();

  expect(count).toBe(3);
});

test('a raw subscriber gets the same message', async () => {
  const api = await service();
  const raw: unknown[] = [];
  const seen: unknown[] = [];
  const onMessage = (message: unknown): void => void raw.push(message);
  subscribe('@hdms/http-client:call:end', onMessage);
  const stop = observe({ callEnd: (message) => void seen.push(message), token: undefined });

  await new HTTPClient().get(api.url);
  stop();
  unsubscribe('@hdms/http-client:call:end', onMessage);

  expect(raw).toHaveLength(1);
  expect(raw[0]).toBe(seen[0]);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'Options must be an object, got undefined'],
  ['a function', throws, 'Options must be an object, got a function'],
  ['a handler that is none', { callEnd: 5 }, 'Option `callEnd` must be a function, got 5'],
  ['a misspelt name', { callEnds: throws }, 'Unknown message of observe `callEnds`. Did you mean `callEnd`?'],
  [
    'a name in another spelling',
    { call_end: throws },
    'Unknown message of observe `call_end`. Did you mean `callEnd`?',
  ],
  [
    'another name',
    { finished: throws },
    'Unknown message of observe `finished`. Known: `callStart`, `attemptStart`, `requestStart`, `requestHeaders`, `requestEnd`, `attemptEnd`, `callEnd`, `token`, `breaker`, `budget`.',
  ],
])('%s is refused', (_, observer, message) => {
  expect(() => observe(observer as Observer)).toThrow(new TypeError(message));
});

test('an object of a class is an observer by its fields, and a polluted prototype is none', async () => {
  const api = await service();
  class Counter implements Observer {
    ends = 0;
    readonly callEnd = (): number => this.ends++;
    get callStart(): undefined {
      return undefined;
    }
  }
  const counter = new Counter();
  expect(() => observe(counter)).toThrow('Unknown message of observe `ends`');
  Object.assign(Object.prototype, { callEnds: 1 });
  const stop = observe({ callEnd: counter.callEnd });
  Reflect.deleteProperty(Object.prototype, 'callEnds');

  await new HTTPClient().get(api.url);
  stop();

  expect(counter.ends).toBe(1);
});

test('calls that are not awaited are observed, too', async () => {
  const api = await service();
  const ends = new EventTarget();
  const stop = observe({ callEnd: () => ends.dispatchEvent(new Event('end')) });
  const ended = once(ends, 'end');

  void new HTTPClient().get(api.url);
  await ended;
  stop();

  expect(api.requests).toHaveLength(1);
});
