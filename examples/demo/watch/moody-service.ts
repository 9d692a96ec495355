import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, type Listening } from '../../support/listen';

/** What a request meets: a status, a lost connection, or no response. */
export interface Mood {
  readonly status: number | 'hang' | 'reset';
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the response. */
  readonly after?: number;
}

/** How often a mood comes, in a hundred requests. */
export type Moods = readonly (readonly [often: number, mood: Mood])[];

/**
 * A service that fails now and then.
 *
 * @param moodsOf chooses the moods by URL; a request that meets none succeeds
 */
export async function startMoodyService(moodsOf: (url: string) => Moods): Promise<Listening> {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const success: Mood = { status: request.method === 'POST' ? 201 : 200 };
    const { status, headers, after = 3 + 25 * Math.random() ** 3 } = oneOf(moodsOf(request.url ?? '/')) ?? success;
    if (status === 'hang') return;
    await sleep(after);
    if (status === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify({ id: '456', title: 'Printer on fire' }));
  }
  return listen((request, response) => {
    void serve(request, response);
  });
}

function oneOf(moods: Moods): Mood | undefined {
  let rest = Math.random() * 100;
  return moods.find(([often]) => (rest -= often) < 0)?.[1];
}
