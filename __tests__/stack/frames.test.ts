import { callerFrames, hasFrames } from '../../src/stack/frames';
import { packageFolder } from '../../src/stack/own-folder';

const OWN = '/app/libs/client/';

const stackOf = (...places: string[]): string => ['Error: x', ...places.map((place) => `    at ${place}`)].join('\n');
const placesOf = (frames: readonly string[]): string[] => frames.map((frame) => frame.trim().slice('at '.length));

test.each([
  'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  'async node:internal/main:1:1',
  'internal/main.js:1:1',
  'new Promise (<anonymous>)',
  'async Axios.request (/app/node_modules/axios/dist/node/axios.cjs:6986:14)',
  'async file:///app/node_modules/.pnpm/axios@1.21.1/node_modules/axios/index.js:1:2',
  'C:\\app\\node_modules\\axios-retry\\dist\\cjs\\index.js:1:2',
  'Request.onError (/app/node_modules/undici/lib/core/request.js:364:27)',
  'fail (/app/node_modules/@hdms/http-client/dist/client/rings.js:52:39)',
  'fail (/app/node_modules/@hdms/http-client/src/client/rings.ts:52:39)',
  'fail (/app/libs/client/dist/client/rings.js:52:39)',
  'fail (/app/libs/client/src/client/rings.ts:52:39)',
])('%s is not a frame of the caller', (place) => {
  expect(callerFrames(stackOf(place, 'load (/app/users.js:1:2)'), '', OWN)).toEqual([
    '    at load (/app/users.js:1:2)',
  ]);
});

test.each([
  'async load (/app/axios/users.js:1:2)',
  'file:///app/users.mjs:1:2',
  'C:\\app\\users.js:1:2',
  'find (/app/node_modules/users/index.js:1:2)',
  'Object.<anonymous> (/app/users.js:1:2)',
])('%s is a frame of the caller', (place) => {
  expect(placesOf(callerFrames(stackOf(place), '', OWN))).toEqual([place]);
});

test('the functions that await a call are its callers, not the timer or the listener that ended it', () => {
  const created = stackOf('Call.cancel (/app/libs/client/dist/a.js:1:2)', 'Timeout.abort (/app/users.js:9:9)');

  expect(placesOf(callerFrames(created, stackOf('async load (/app/users.js:1:2)'), OWN))).toEqual([
    'async load (/app/users.js:1:2)',
  ]);
});

test('if a call fails before it is awaited, functions that return its promise are there, and each place once', () => {
  const created = stackOf(
    'Users.request [as get] (/app/libs/client/dist/hdms-http-client.js:1:2)',
    'find (/app/users.js:1:20)',
    'load (/app/users.js:2:20)',
  );
  const added = stackOf('async load (/app/users.js:2:7)', 'async /app/main.js:3:1');

  expect(placesOf(callerFrames(created, added, OWN))).toEqual([
    'find (/app/users.js:1:20)',
    'load (/app/users.js:2:20)',
    'async /app/main.js:3:1',
  ]);
});

test('in a bundle, where this package is in the file of the application, only functions that await are known', () => {
  const created = stackOf('HTTPClient.get (/app/bundle.js:1:2)', 'load (/app/bundle.js:3:4)');
  const added = stackOf('async load (/app/bundle.js:3:1)');

  expect(placesOf(callerFrames(created, added, packageFolder('/app/bundle.js')))).toEqual([
    'async load (/app/bundle.js:3:1)',
  ]);
});

test.each(['all', 'any', 'allSettled'])(
  'the frame of Promise.%s comes behind the one that awaits it, or not at all',
  (name) => {
    const combined = `async Promise.${name} (index 1)`;
    const places = (...frames: string[]): string[] => placesOf(callerFrames('', stackOf(...frames), OWN));

    expect(places(combined, 'async load (/app/users.js:1:2)', 'async /app/main.js:3:1')).toEqual([
      'async load (/app/users.js:1:2)',
      combined,
      'async /app/main.js:3:1',
    ]);
    expect(places('async load (/app/users.js:1:2)', combined)).toEqual(['async load (/app/users.js:1:2)', combined]);
    expect(places(combined, 'async fail (/app/libs/client/dist/a.js:1:2)')).toEqual([]);
  },
);

test('frames are told from other text', () => {
  expect(hasFrames('\n    at load (/app/users.js:1:2)')).toBe(true);
  expect(hasFrames('\ncaused by: at noon')).toBe(false);
});
