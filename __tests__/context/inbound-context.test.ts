import { inspect } from 'node:util';
import { fromFacts, type ContextFacts } from '../../src/context/inbound-context';

test('a context may be made by hand', () => {
  const { signal } = new AbortController();

  const context = fromFacts({
    requestId: 'job-7',
    deadline: 500,
    signal,
    attempt: 2,
    headers: { 'X-Tenant': 'north' },
  });

  expect(context).toMatchObject({ requestId: 'job-7', deadline: 500, attempt: 2, headers: { 'X-Tenant': 'north' } });
  expect(context.signal).toBe(signal);
});

test('a context is taken as it is', () => {
  const context = fromFacts({});

  expect(fromFacts(context)).toBe(context);
});

test('a route is asked for when somebody wants to know, and a failure is as good as none', () => {
  const route = jest.fn<string | undefined, []>();
  const context = fromFacts({ route });

  expect(route).not.toHaveBeenCalled();
  expect(context.route).toBeUndefined();
  route.mockReturnValue('/orders/:id');
  expect(context.route).toBe('/orders/:id');
  expect(inspect(context)).not.toMatch('orders');
  route.mockImplementation(() => {
    throw new Error('a mistake');
  });
  expect(context.route).toBeUndefined();
  expect(fromFacts({}).route).toBeUndefined();
});

test.each<[unknown, string]>([
  [{ route: '/orders/:id' }, '`route` must be a function'],
  [7, 'Options must be an object, got 7'],
  [{ requestID: 'x' }, 'Unknown fact of a context `requestID`. Did you mean `requestId`?'],
  [{ requestId: 7 }, '`requestId` must be a string'],
  [{ authorization: ['Bearer secret'] }, '`authorization` must be a string'],
  [{ deadline: '5' }, '`deadline` must be a number of milliseconds on the clock of performance.now()'],
  [{ deadline: NaN }, '`deadline` must be a number of milliseconds on the clock of performance.now()'],
  [{ signal: 'abort' }, 'Option `signal` must be an AbortSignal, got a string'],
  [{ attempt: 0 }, 'Option `attempt` must be an integer from 1 upwards, got 0'],
  [{ headers: ['X-Tenant'] }, 'Option `headers` must be an object of header values by name, got a list'],
  [
    { headers: { authorization: 'Bearer secret' } },
    "Option `headers` must not contain 'authorization', which is never forwarded: use `onBehalfOf` with `inboundToken` instead",
  ],
])('%j is refused', (facts, message) => {
  expect(() => fromFacts(facts as ContextFacts)).toThrow(message);
});

test('a context shows neither token nor forwarded headers', () => {
  const context = fromFacts({
    requestId: 'job-7',
    authorization: 'Bearer secret-token',
    headers: { 'X-Key': 'secret-key' },
    deadline: performance.now() + 5000,
  });

  const printings = [
    inspect(context),
    inspect(context, { showHidden: true, depth: 9 }),
    inspect({ ...context }, { showHidden: true }),
    JSON.stringify(context),
    JSON.stringify(structuredClone({ ...context })),
  ];

  for (const printing of printings) {
    expect(printing).toContain('job-7');
    expect(printing).not.toMatch(/secret/);
  }
  expect(inspect(context)).toMatch(/^RequestContext \{[^]*requestId: 'job-7'/);
  expect(JSON.parse(JSON.stringify(context))).toMatchObject({ requestId: 'job-7', attempt: 1 });
});
