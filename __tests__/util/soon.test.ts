import { MessageChannel } from 'node:worker_threads';
import { soon, wholeTurn } from '../../src/util/soon';

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

test('after a whole turn, what had arrived when it began has been read', async () => {
  const steps: string[] = [];
  const { port1, port2 } = new MessageChannel();
  port2.on('message', () => steps.push('message'));
  await new Promise((resolve) => setImmediate(resolve));

  port1.postMessage('arrived');
  await wholeTurn();
  steps.push('turn');
  port1.close();

  expect(steps).toEqual(['message', 'turn']);
});
