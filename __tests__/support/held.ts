import type { Answer } from './service';

/** An answer that never comes. */
export interface Held extends Answer {
  /** Resolves when the client has closed the request. */
  readonly left: Promise<void>;
}

export function held(): Held {
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return {
    left,
    handle: (_, response) => {
      response.once('close', leave);
    },
  };
}
