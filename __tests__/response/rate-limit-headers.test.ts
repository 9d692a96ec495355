import { parseRateLimits } from '../../src/response/rate-limit-headers';

test.each<[string, object, object[]]>([
  [
    'the current draft',
    { ratelimit: '"default";r=50;t=30' },
    [{ policy: 'default;', remaining: 50, reset: 30, quota: undefined }],
  ],
  [
    'a token for a name',
    { ratelimit: 'default;r=5;t=1' },
    [{ policy: 'default;', remaining: 5, reset: 1, quota: undefined }],
  ],
  [
    'the quota of its policy',
    { RateLimit: '"default";r=50;t=30', 'RateLimit-Policy': '"other";q=1;w=1, "default";q=100;w=60' },
    [{ policy: 'default;', remaining: 50, reset: 30, quota: 100 }],
  ],
  [
    'the window of its policy for a missing time',
    { ratelimit: '"default";r=50', 'ratelimit-policy': '"default";q=100;w=60' },
    [{ policy: 'default;', remaining: 50, reset: 60, quota: 100 }],
  ],
  [
    'several policies',
    {
      ratelimit: '"minute";r=20;t=23, "hour";r=399;t=2402',
      'ratelimit-policy': '"minute";q=50;w=60, "hour";q=1000;w=3600',
    },
    [
      { policy: 'minute;', remaining: 20, reset: 23, quota: 50 },
      { policy: 'hour;', remaining: 399, reset: 2402, quota: 1000 },
    ],
  ],
  [
    'repeated headers',
    { ratelimit: ['"a";r=1;t=1', '"b";r=2;t=2'] },
    [
      { policy: 'a;', remaining: 1, reset: 1, quota: undefined },
      { policy: 'b;', remaining: 2, reset: 2, quota: undefined },
    ],
  ],
  [
    'partitions',
    { ratelimit: '"a";r=1;t=1;pk=:YQ==:', 'ratelimit-policy': '"a";q=5;w=1;pk=:Yg==:, "a";q=9;w=1;pk=:YQ==:' },
    [{ policy: 'a;:YQ==:', remaining: 1, reset: 1, quota: 9 }],
  ],
  [
    'a dictionary',
    { ratelimit: 'limit=10, remaining=5, reset=7' },
    [{ policy: '', remaining: 5, reset: 7, quota: 10 }],
  ],
  [
    'a dictionary without a time',
    { ratelimit: 'limit=10, remaining=5', 'ratelimit-policy': '10;w=60, 100;w=3600' },
    [{ policy: '', remaining: 5, reset: 60, quota: 10 }],
  ],
  [
    'three headers',
    { 'ratelimit-limit': '100, 100;w=10', 'ratelimit-remaining': '5', 'ratelimit-reset': '7' },
    [{ policy: '', remaining: 5, reset: 7, quota: 100 }],
  ],
  [
    'a unit that is requests',
    { ratelimit: 'a;r=1;t=1', 'ratelimit-policy': 'a;q=5;qu="requests"' },
    [{ policy: 'a;', remaining: 1, reset: 1, quota: 5 }],
  ],
  [
    'a malformed policy beside a good limit',
    { ratelimit: 'a;r=1;t=1', 'ratelimit-policy': ';;' },
    [{ policy: 'a;', remaining: 1, reset: 1, quota: undefined }],
  ],
])('%s', (_, headers, limits) => {
  expect(parseRateLimits(headers)).toEqual(limits);
});

test.each<[string, object | undefined]>([
  ['no headers', undefined],
  ['none of them', { 'retry-after': '5' }],
  ['a malformed list', { ratelimit: '"default;r=50;t=30' }],
  ['a malformed item beside a good one', { ratelimit: '"a";r=1;t=1, "b";r=' }],
  ['no remaining', { ratelimit: '"default";t=30' }],
  ['no time at all', { ratelimit: '"default";r=5' }],
  ['a negative number', { ratelimit: '"default";r=-5;t=1' }],
  ['a fraction', { ratelimit: '"default";r=5.5;t=1' }],
  ['a text for a number', { ratelimit: '"default";r="5";t=1' }],
  ['a number for a name', { ratelimit: '5;r=5;t=1' }],
  ['bytes instead of requests', { ratelimit: 'a;r=5;t=1', 'ratelimit-policy': 'a;q=9;qu="content-bytes"' }],
  ['concurrent requests', { ratelimit: 'a;r=5;t=1', 'ratelimit-policy': 'a;q=9;qu="concurrency"' }],
  ['a malformed dictionary', { ratelimit: 'limit=10, remaining=x, reset=7' }],
  ['a dictionary without remaining', { ratelimit: 'limit=10, reset=7' }],
  ['three headers, one malformed', { 'ratelimit-remaining': '5.5', 'ratelimit-reset': '7' }],
  ['a number instead of a text', { ratelimit: 5 }],
])('is ignored: %s', (_, headers) => {
  expect(parseRateLimits(headers)).toEqual([]);
});

test('a long name is cut off', () => {
  expect(parseRateLimits({ ratelimit: `${'a'.repeat(5_000)};r=1;t=1` })[0]?.policy).toHaveLength(64);
});
