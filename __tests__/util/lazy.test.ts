import { lazy } from '../../src/util/lazy';

test('a module is loaded when it is first used, and once', () => {
  const loads: object[] = [];
  const load = lazy(() => {
    loads.push({});
    return loads[0];
  });
  expect(loads).toHaveLength(0);
  expect(load()).toBe(load());
  expect(loads).toHaveLength(1);
});

test('a module that cannot be loaded is tried again', () => {
  let isInstalled = false;
  const load = lazy(() => {
    if (!isInstalled) throw new Error('Cannot find module');
    return 'module';
  });
  expect(load).toThrow('Cannot find module');
  isInstalled = true;
  expect(load()).toBe('module');
});
