import { checkPlugin } from '../../src/plugins/plugin';

const PLUGIN = { name: 'stamp', ring: 'call', install: () => undefined };

test.each(['call', 'attempt'])('a plugin of the %s ring has the shape of one', (ring) => {
  expect(() => {
    checkPlugin({ ...PLUGIN, ring });
  }).not.toThrow();
});

test.each([
  undefined,
  null,
  'stamp',
  {},
  { ...PLUGIN, name: undefined },
  { ...PLUGIN, ring: 'both' },
  { ...PLUGIN, install: 'later' },
])('%p is refused', (plugin) => {
  expect(() => {
    checkPlugin(plugin);
  }).toThrow("A plugin must be { name: string, ring: 'call' | 'attempt', install(http) }, got ");
});
