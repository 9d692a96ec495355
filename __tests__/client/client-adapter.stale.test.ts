import { readFile } from 'node:fs';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { rawService, type RawService } from '../support/raw-service';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Ways into a step of the event loop: in that of a file, the step has already read what had come for connections. */
const STEPS: Record<string, (step: () => void) => void> = {
  'a timer': (step) => setTimeout(step, 1),
  'a file': (step) => {
    readFile(__filename, step);
  },
};

/** Calls in the same step in which the server closes the connection that is idle, as if the process had been busy. */
async function callAfterClose(
  enter: (step: () => void) => void,
  client: HTTPClient,
  api: RawService,
): Promise<unknown> {
  await client.get(api.url);
  return new Promise((resolve, reject) => {
    enter(() => {
      for (const socket of api.sockets) socket.destroy();
      client.post(api.url).then(resolve, reject);
    });
  });
}

describe.each(Object.entries(STEPS))(
  'after the callback of %s, a connection that the server has closed',
  (_, enter) => {
    test.each<[string, HTTPClientOptions]>([
      ['a POST that is never retried', { retry: { unsafeMethods: 'never' } }],
      ['a POST that is retried when it was not sent', { retry: { unsafeMethods: 'when-not-sent' } }],
    ])('is not used for %s', async (__, options) => {
      const api = await rawService((socket) => socket.write(OK));
      const client = new HTTPClient({ retryAttempts: 0, ...options });

      const response = await callAfterClose(enter, client, api);

      expect(response).toMatchObject({ status: 200 });
      client.close();
    });
  },
);
