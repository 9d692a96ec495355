import type { ServerResponse } from 'node:http';
import type { Answer } from './service';

/** An answer that comes when the test says so. */
export interface Held extends Answer {
  /** Resolves when the request is there. */
  readonly arrived: Promise<void>;
  /** Resolves when the response is complete, or the client has closed the request. */
  readonly left: Promise<void>;
  reply(body?: string, status?: number): void;
}

export function held(): Held {
  const arrival = signal();
  const end = signal();
  let open: ServerResponse | undefined;
  return {
    arrived: arrival.fired,
    left: end.fired,
    handle(_, response) {
      open = response;
      response.once('close', end.fire);
      arrival.fire();
    },
    reply(body, status = 200) {
      open?.writeHead(status).end(body);
    },
  };
}

function signal(): { readonly fired: Promise<void>; readonly fire: () => void } {
  let fire: () => void = () => undefined;
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { fired, fire };
}

/** Two answers, the first of which comes when the request of the second is there, and the second when the first has left. */
export function inTurn(first: [body: string, status?: number], second: [body: string, status?: number]): [Held, Held] {
  const answers: [Held, Held] = [held(), held()];
  void answers[1].arrived.then(() => {
    answers[0].reply(...first);
  });
  void Promise.all(answers.map(({ arrived }) => arrived))
    .then(() => answers[0].left)
    .then(() => {
      answers[1].reply(...second);
    });
  return answers;
}
