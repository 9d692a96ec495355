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
  return new HeldAnswer();
}

/** Of its members, a script sees `handle` only. */
class HeldAnswer implements Held {
  readonly #arrival = signal();
  readonly #end = signal();
  #open: ServerResponse | undefined;

  readonly handle = (_: unknown, response: ServerResponse): void => {
    this.#open = response;
    response.once('close', this.#end.fire);
    this.#arrival.fire();
  };

  get arrived(): Promise<void> {
    return this.#arrival.fired;
  }

  get left(): Promise<void> {
    return this.#end.fired;
  }

  reply(body?: string, status = 200): void {
    this.#open?.writeHead(status).end(body);
  }
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
