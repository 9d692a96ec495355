import { decideRetry, type RetryState } from '../../src/resilience/retry-policy';
import type { RetryPolicy } from '../../src/resilience/retry-options';

type Failure = Parameters<typeof decideRetry>[0];

const policy: Omit<RetryPolicy, 'budget'> = {
  base: 0.5,
  factor: 2,
  cap: 30,
  jitter: 'none',
  maxRetryAfter: 30,
  unsafeMethods: 'always',
  whileServingRetry: false,
};
const failure: Failure = { code: 'SERVER_ERROR', retryable: true, sent: 'yes' };
const call: RetryState = {
  method: 'GET',
  retries: 0,
  replays: [],
  tokenRenewed: false,
  remaining: Infinity,
  retryAttempts: 3,
  replayable: true,
  cancelled: false,
  forbidden: false,
  servesRetry: false,
};

function decide(changes: {
  readonly failure?: Partial<Failure>;
  readonly call?: Partial<RetryState>;
  readonly policy?: Partial<RetryPolicy>;
}): ReturnType<typeof decideRetry> {
  return decideRetry(
    { ...failure, ...changes.failure },
    { ...call, ...changes.call },
    { ...policy, ...changes.policy },
  );
}

test.each([
  [0, 0.5],
  [1, 1],
  [2, 2],
])('after %i retries the next one waits %d s', (retries, delay) => {
  expect(decide({ call: { retries } })).toEqual({ retry: true, delay, reason: 'SERVER_ERROR', counted: true });
});

const stale = { code: 'STALE_CONNECTION', sent: 'no' } as const;

test.each([
  ['cancelled', { call: { cancelled: true } }],
  ['not-retryable', { failure: { retryable: false } }],
  ['should-retry-false', { call: { forbidden: true } }],
  ['serving-a-retry', { call: { servesRetry: true } }],
  ['retries-disabled', { call: { retryAttempts: 0 } }],
  ['retries-exhausted', { call: { retries: 3 } }],
  ['body-not-replayable', { call: { replayable: false } }],
  ['unsafe-method', { call: { method: 'POST' }, policy: { unsafeMethods: 'never' } }],
  ['retry-after-too-long', { failure: { retryAfter: 31 } }],
  ['deadline', { call: { remaining: 499 } }],
  ['circuit-open', { call: { circuitOpen: true } }],
  ['retry-budget', { call: { mayPay: () => false } }],
] as const)('%s is refused', (reason, changes) => {
  expect(decide(changes)).toEqual({ retry: false, reason });
});

test.each([
  ['cancelled before all else', 'cancelled', { call: { cancelled: true, replayable: false, retries: 3 } }],
  [
    'a failure that no retry mends before the body',
    'not-retryable',
    { failure: { retryable: false }, call: { replayable: false } },
  ],
  [
    'a failure that no retry mends before what the answer says',
    'not-retryable',
    { failure: { retryable: false }, call: { forbidden: true } },
  ],
  ['what the answer says before the body', 'should-retry-false', { call: { forbidden: true, replayable: false } }],
  [
    'retries that nobody wants before a retry that is served',
    'retries-disabled',
    { call: { servesRetry: true, retryAttempts: 0 } },
  ],
  ['a body before the count', 'body-not-replayable', { call: { replayable: false, retryAttempts: 0 } }],
  ['the count before Retry-After', 'retries-exhausted', { failure: { retryAfter: 99 }, call: { retries: 3 } }],
  ['Retry-After before the deadline', 'retry-after-too-long', { failure: { retryAfter: 99 }, call: { remaining: 1 } }],
] as const)('the reason that is named: %s', (_, reason, changes) => {
  expect(decide(changes)).toEqual({ retry: false, reason });
});

test.each([
  [2, 2],
  [30, 30],
  [0.1, 0.5],
  [0, 0.5],
])('Retry-After %d lengthens the wait, and never shortens it', (retryAfter, delay) => {
  expect(decide({ failure: { retryAfter } })).toMatchObject({ retry: true, delay });
});

test('Retry-After is not cut by the cap, nor drawn by the jitter', () => {
  expect(decide({ failure: { retryAfter: 20 }, policy: { cap: 1, jitter: 'full' } })).toMatchObject({ delay: 20 });
});

test.each([
  [500, 'deadline'],
  // An attempt that can hardly be answered is not made.
  [519.999, 'deadline'],
  [520, 'SERVER_ERROR'],
])('a wait of 500 ms with %d ms left ends in %s', (remaining, reason) => {
  expect(decide({ call: { remaining } })).toMatchObject({ reason });
});

test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'REPORT'])('%s is retried under any rule for POST', (method) => {
  for (const unsafeMethods of ['always', 'when-not-sent', 'never'] as const) {
    expect(decide({ call: { method }, policy: { unsafeMethods } })).toMatchObject({ retry: true });
  }
});

test.each([
  ['always', 'no', true],
  ['always', 'maybe', true],
  ['always', 'yes', true],
  ['when-not-sent', 'no', true],
  ['when-not-sent', 'maybe', false],
  ['when-not-sent', 'yes', false],
  ['never', 'no', false],
  ['never', 'maybe', false],
  ['never', 'yes', false],
] as const)('unsafeMethods %s, sent %s: POST and PATCH are retried: %s', (unsafeMethods, sent, retry) => {
  for (const method of ['POST', 'PATCH']) {
    expect(decide({ failure: { sent }, call: { method }, policy: { unsafeMethods } }).retry).toBe(retry);
  }
});

const replay = { retry: true, delay: 0, reason: 'STALE_CONNECTION', counted: false };

test('a stale connection is replayed at once, whatever the count', () => {
  expect(decide({ failure: stale })).toEqual(replay);
  expect(decide({ failure: stale, call: { retryAttempts: 0 } })).toEqual(replay);
  expect(decide({ failure: stale, call: { retries: 3 } })).toEqual(replay);
  expect(decide({ failure: stale, call: { method: 'POST' } })).toEqual(replay);
});

test('a stale connection is replayed once in a call; a second one is a failure like others', () => {
  expect(decide({ failure: stale, call: { replays: ['STALE_CONNECTION'] } })).toMatchObject({
    delay: 0.5,
    counted: true,
  });
  expect(decide({ failure: stale, call: { replays: ['STALE_CONNECTION'], retryAttempts: 0 } })).toMatchObject({
    reason: 'retries-disabled',
  });
});

test('nothing is replayed when the deadline is over', () => {
  expect(decide({ failure: stale, call: { remaining: 0 } })).toEqual({ retry: false, reason: 'deadline' });
});

describe('a call whose token was refused, and which has another one,', () => {
  const refused = { code: 'CLIENT_ERROR', retryable: false, sent: 'yes' } as const;
  const tokenRenewed = true;

  test.each<[string, Partial<RetryState>, Partial<RetryPolicy>]>([
    ['without retries', { retryAttempts: 0 }, {}],
    ['with its retries used up', { retries: 3 }, {}],
    ['of a method that is not retried', { method: 'POST' }, { unsafeMethods: 'never' }],
    ['after a stale connection', { replays: ['STALE_CONNECTION'] }, {}],
  ])('%s is replayed', (_, changes, rules) => {
    expect(decide({ failure: refused, call: { ...changes, tokenRenewed }, policy: rules })).toEqual({
      ...replay,
      reason: 'TOKEN_REFUSED',
    });
  });

  test.each<[string, Partial<RetryState>]>([
    ['not-retryable', { tokenRenewed: false }],
    ['not-retryable', { replays: ['TOKEN_REFUSED'] }],
    ['body-not-replayable', { replayable: false }],
    ['deadline', { remaining: 0 }],
    ['cancelled', { cancelled: true }],
    ['should-retry-false', { forbidden: true }],
  ])('is not: %s', (reason, changes) => {
    expect(decide({ failure: refused, call: { tokenRenewed, ...changes } })).toEqual({ retry: false, reason });
  });

  test.each<[string, RetryPolicy['unsafeMethods'], boolean]>([
    ['POST', 'always', true],
    ['POST', 'when-not-sent', false],
    ['PATCH', 'never', false],
    ['PUT', 'never', true],
  ])(
    'after a redirect changed the method of its %s, with unsafeMethods `%s`: %p',
    (method, unsafeMethods, isReplayed) => {
      const state = { tokenRenewed, method, methodChanged: true };

      expect(decide({ failure: refused, call: state, policy: { unsafeMethods } })).toMatchObject(
        isReplayed ? { retry: true, reason: 'TOKEN_REFUSED' } : { retry: false, reason: 'unsafe-method' },
      );
    },
  );
});

describe('while a retry is being served', () => {
  const servesRetry = true;

  test('calls are retried where the service wants it', () => {
    expect(decide({ call: { servesRetry }, policy: { whileServingRetry: true } })).toMatchObject({ retry: true });
    expect(decide({ call: { servesRetry }, policy: { whileServingRetry: false } })).toMatchObject({ retry: false });
  });

  test('replays are made: the other service has done nothing yet', () => {
    expect(decide({ failure: stale, call: { servesRetry } })).toEqual(replay);
    expect(decide({ failure: { retryable: false }, call: { servesRetry, tokenRenewed: true } })).toMatchObject({
      reason: 'TOKEN_REFUSED',
      counted: false,
    });
  });
});

test('an answer that forbids it is not retried, whatever the policy for retries that are served', () => {
  expect(decide({ call: { forbidden: true }, policy: { whileServingRetry: true } })).toEqual({
    retry: false,
    reason: 'should-retry-false',
  });
});

test('full jitter draws the wait', () => {
  expect(decideRetry(failure, call, { ...policy, jitter: 'full' }, () => 0.5)).toMatchObject({ delay: 0.25 });
});

test('without a source of randomness the wait is drawn all the same, between 0 and the whole', () => {
  const draws = Array.from({ length: 50 }, () => decide({ policy: { jitter: 'full' } }));

  const delays = draws.map((decision) => (decision.retry ? decision.delay : NaN));
  expect(delays.every((delay) => delay >= 0 && delay < 0.5)).toBe(true);
  expect(new Set(delays).size).toBeGreaterThan(1);
});

describe('the caller has a say', () => {
  const conflict: Partial<Failure> = { code: 'CLIENT_ERROR', retryable: false, sent: 'yes' };

  test.each<[string, Partial<Failure>, Partial<RetryState>, boolean | undefined, unknown]>([
    ['false refuses a retry', {}, {}, false, { retry: false, reason: 'refused-by-when' }],
    ['false refuses a replay', { code: 'STALE_CONNECTION' }, {}, false, { retry: false, reason: 'refused-by-when' }],
    ['true allows what was answered', conflict, {}, true, { retry: true, reason: 'CLIENT_ERROR', counted: true }],
    ['false leaves it refused', conflict, {}, false, { retry: false, reason: 'not-retryable' }],
    ['nothing leaves it refused', conflict, {}, undefined, { retry: false, reason: 'not-retryable' }],
    ['nothing leaves a retry', {}, {}, undefined, { retry: true, reason: 'SERVER_ERROR' }],
  ])('%s', (_, failed, state, answer, expected) => {
    const when = jest.fn(() => answer);

    expect(decide({ failure: failed, call: { ...state, when } })).toMatchObject(expected as object);
    expect(when).toHaveBeenCalledTimes(1);
  });

  test.each<[string, Partial<Failure>, Partial<RetryState>, string]>([
    ['a cancelled call', conflict, { cancelled: true }, 'cancelled'],
    ['what was not answered', { ...conflict, sent: 'maybe' }, {}, 'not-retryable'],
    ['a body that cannot be sent again', conflict, { replayable: false }, 'not-retryable'],
    ['more retries than there are', conflict, { retries: 3 }, 'retries-exhausted'],
    ['a call without retries', conflict, { retryAttempts: 0 }, 'not-retryable'],
    ['a response that forbids retries', conflict, { forbidden: true }, 'not-retryable'],
    ['too little time', {}, { remaining: 100 }, 'deadline'],
  ])('but is not asked about %s', (_, failed, state, reason) => {
    const when = jest.fn(() => true);

    expect(decide({ failure: failed, call: { ...state, when } })).toEqual({ retry: false, reason });
    expect(when).not.toHaveBeenCalled();
  });
});

describe('the budget', () => {
  const refused: Partial<Failure> = { code: 'CLIENT_ERROR', retryable: false };

  test.each<[string, Parameters<typeof decide>[0], string]>([
    ['a failure that is not retried', { failure: refused }, 'not-retryable'],
    ['a retry that the caller refuses', { call: { when: () => false } }, 'refused-by-when'],
    ['a retry without time', { call: { remaining: 100 } }, 'deadline'],
    ['a retry while the circuit is open', { call: { circuitOpen: true } }, 'circuit-open'],
    ['a replay', { failure: stale }, 'STALE_CONNECTION'],
    ['a replay with a new token', { failure: refused, call: { tokenRenewed: true } }, 'TOKEN_REFUSED'],
  ])('is not asked about %s', (_, changes, reason) => {
    const mayPay = jest.fn(() => false);

    expect(decide({ ...changes, call: { ...changes.call, mayPay } })).toMatchObject({ reason });
    expect(mayPay).not.toHaveBeenCalled();
  });

  test('is asked about a retry that only the caller wants', () => {
    const call = { when: () => true, mayPay: () => false };

    expect(decide({ failure: { ...refused, sent: 'yes' }, call })).toEqual({ retry: false, reason: 'retry-budget' });
  });
});

test('while the circuit is open, no replay is made either', () => {
  expect(decide({ failure: stale, call: { circuitOpen: true } })).toEqual({ retry: false, reason: 'circuit-open' });
});
