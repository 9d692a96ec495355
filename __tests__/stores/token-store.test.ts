import { memoryTokenStore, onBehalfOf, tokenService } from '../../src/index';

const OPTIONS = { url: 'http://token-service/token', clientId: 'me', clientSecret: 'secret' };
const MAKERS: Readonly<Record<string, (store: never) => unknown>> = {
  tokenService: (store) => tokenService({ ...OPTIONS, store }),
  onBehalfOf: (store) => onBehalfOf({ ...OPTIONS, subjectToken: () => 'x', store }),
};

describe.each(Object.entries(MAKERS))('%s', (owner, make) => {
  test.each<[unknown, string]>([
    [{}, 'an object'],
    [5, '5'],
    [null, 'null'],
    ['redis://user:password@redis', 'a string'],
    [new Map(), 'an instance of Map'],
    // A client of Redis.
    [{ get: async () => Promise.resolve(null), set: async () => Promise.resolve('OK') }, 'an object'],
  ])('refuses the store %p when it is made', (store, got) => {
    expect(() => make(store as never)).toThrow(
      new TypeError(
        `Option \`${owner}.store\` must be a TokenStore such as redisTokenStore(redis, { encryptionKey }), got ${got}`,
      ),
    );
  });

  test('takes a store, and none', () => {
    for (const store of [memoryTokenStore(), undefined]) expect(() => make(store as never)).not.toThrow();
  });
});
