import type * as Config from '../../src/client/options/config';
import type * as Undici from '../../src/transports/undici';

// The tests of the client, once more over undici: it takes the place of the default transport.
jest.mock('../../src/client/options/config', () => {
  const config = jest.requireActual<typeof Config>('../../src/client/options/config');
  const { undici } = jest.requireActual<typeof Undici>('../../src/transports/undici');
  return {
    ...config,
    resolve: (options: object = {}, env?: NodeJS.ProcessEnv) => {
      const isPlain = (options as unknown) !== null && typeof options === 'object' && !Array.isArray(options);
      return config.resolve(isPlain ? { transport: undici(), ...options } : options, env);
    },
  };
});
