import { createHook } from 'node:async_hooks';
import type * as clock from '../../src/call/clock';

// `jest --detectOpenHandles` reports each resource that is not destroyed and does not say, by `hasRef`, that it keeps no process alive.
test('Jest takes nothing of it for an open handle', () => {
  const reported: string[] = [];
  const hook = createHook({
    init(_, type, __, resource) {
      if (!('hasRef' in resource)) reported.push(type);
    },
  }).enable();

  jest.isolateModules(() => jest.requireActual<typeof clock>('../../src/call/clock'));
  hook.disable();

  expect(reported.filter((type) => type.startsWith('HTTP'))).toEqual([]);
});
