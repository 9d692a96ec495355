// The clients that are compared: the columns of the tables. Each key is the name of a file in contestants/. Those with a `line` are in
// the chart.

export const CONTESTANTS = {
  hdms: {
    label: '**this client**',
    settings: 'its defaults, and what the row says is on',
    line: { label: 'this client', colour: '#2f81f7', width: 2.5 },
  },
  off: {
    label: 'all off',
    settings: 'this client with `retry: { budget: false }, backpressure: false`',
    line: { label: 'all off', colour: '#e5534b', width: 2 },
  },
  'axios-retry': {
    label: 'axios-retry',
    packages: ['axios', 'axios-retry'],
    settings:
      '`retries: 3`, `exponentialDelay` from 0.5 s, `shouldResetTimeout`; by default it does not retry timeouts',
  },
  got: {
    label: 'got',
    packages: ['got'],
    settings: '`retry: { limit: 3 }` with `calculateDelay` for 0.5, 1 and 2 s',
    line: { label: 'got', colour: '#8b949e', width: 1.5, dash: '5 3' },
  },
  undici: {
    label: 'undici',
    packages: ['undici'],
    settings: '`RetryAgent` with `maxRetries: 3`; by default it does not retry timeouts',
  },
  cockatiel: {
    label: 'cockatiel',
    packages: ['cockatiel', 'axios'],
    settings: '`retry` (3, exponential from 0.5 s), `ConsecutiveBreaker(5)` for 10 s, `timeout` around axios',
  },
  opossum: {
    label: 'opossum',
    packages: ['opossum', 'axios-retry'],
    settings: '50 % errors open it for 30 s; around axios with axios-retry, because it has no retries',
  },
};

/** Whose figures must reach the goals. */
export const JUDGED = 'hdms';
