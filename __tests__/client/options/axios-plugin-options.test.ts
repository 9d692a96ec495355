import { CookieJar } from 'tough-cookie';
import { PLUGIN_OPTIONS } from '../../../src/client/options/option-names';
import { expectedByPlugin, isReadByPlugin } from '../../../src/client/options/axios-plugin-options';

const JAR = new CookieJar();
const DUCK = { setCookie: async (): Promise<void> => Promise.resolve(), getCookies: (): unknown[] => [] };

const VALUES: Readonly<Record<string, { right: readonly unknown[]; wrong: readonly unknown[] }>> = {
  cache: { right: [false, {}, { ttl: 5 }], wrong: ['no-store', true, new Map(), 5, null] },
  id: { right: ['users'], wrong: [7, null, {}] },
  clearCacheEntry: { right: [true, false], wrong: ['yes', 1, null] },
  jar: { right: [JAR, DUCK, null], wrong: [{}, true, 'a', { strawberry: 3 }] },
  skipAuthRefresh: { right: [true, false], wrong: ['yes', 1, null] },
  raxConfig: { right: [{}, { retry: 3 }], wrong: [3, true, 'a', null, [3]] },
  curlirize: { right: [true, false], wrong: ['yes', 1, null] },
  forceUpdate: { right: [true, false], wrong: ['yes', 1, null] },
  threshold: { right: [500], wrong: ['500', null, true] },
  retryTimes: { right: [0, 3], wrong: ['3', null, true] },
  metadata: { right: [{}, { start: 1 }], wrong: ['a', 5, null, ['a']] },
  _retry: { right: [true, false, 1], wrong: ['yes', null, {}] },
  _isRetry: { right: [true, false, 1], wrong: ['yes', null, {}] },
  __isRetryRequest: { right: [true, false, 1], wrong: ['yes', null, {}] },
  __retryCount: { right: [true, 0, 2], wrong: ['2', null, {}] },
};

test('every option of a plugin has values here', () => {
  expect(Object.keys(VALUES).sort()).toEqual([...PLUGIN_OPTIONS].sort());
});

test.each(Object.entries(VALUES))('`%s` takes what the plugin takes', (name, { right, wrong }) => {
  expect([...right, undefined].filter((value) => !isReadByPlugin(name, value))).toEqual([]);
  expect(wrong.filter((value) => isReadByPlugin(name, value))).toEqual([]);
});

test('a name that no plugin has is not read by one', () => {
  for (const name of ['name', '__proto__', 'constructor', 'toString']) {
    expect(isReadByPlugin(name, undefined)).toBe(false);
    expect(expectedByPlugin(name)).toBeUndefined();
  }
});
