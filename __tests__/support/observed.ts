import { observe, type Observer } from '../../src/index';

const stops = new Set<() => void>();

afterEach(stopObserving);

/** Ends all that `observed` began. */
export function stopObserving(): void {
  for (const stop of stops) stop();
  stops.clear();
}

type Message<Name extends keyof Observer> = Parameters<NonNullable<Observer[Name]>>[0];

/** The messages of one kind that are published until the end of the test. */
export function observed<Name extends keyof Observer>(name: Name): Message<Name>[] {
  const messages: Message<Name>[] = [];
  stops.add(observe({ [name]: (message: Message<Name>) => messages.push(message) }));
  return messages;
}
