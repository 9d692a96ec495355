import { soon } from '../../src/util/soon';

test('a step runs soon, also while timers are fake', async () => {
  const steps: string[] = [];
  jest.useFakeTimers();
  try {
    const ran = new Promise<void>((resolve) => {
      soon(() => {
        steps.push('soon');
        resolve();
      });
    });
    steps.push('now');
    await ran;
  } finally {
    jest.useRealTimers();
  }

  expect(steps).toEqual(['now', 'soon']);
});
