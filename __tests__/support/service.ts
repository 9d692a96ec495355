import type { Received } from '../../src/testing/script';
import { startService, type Service, type ServiceAnswer } from '../../src/testing/service';

export type { Received, Service };

/** What the service does with one request. */
export interface Answer extends Omit<ServiceAnswer, 'delay'> {
  /** Milliseconds before it answers: tests count in these. */
  readonly delay?: number;
}

const running = new Set<Service>();

afterEach(async () => {
  for (const one of running) await one.close();
  running.clear();
});

/** The public scripted service, closed after the test. */
export async function service(answers: readonly Answer[] | ((request: Received) => Answer) = []): Promise<Service> {
  const isList = typeof answers !== 'function';
  const one = await startService(isList ? answers.map(inSeconds) : (request) => inSeconds(answers(request)));
  running.add(one);
  return one;
}

function inSeconds({ delay = 0, ...answer }: Answer): ServiceAnswer {
  return { ...answer, delay: delay / 1000 };
}
