import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTTPClient } from '../../src/index';

type Wrong = (client: HTTPClient) => Promise<unknown>;

const PATH = '/users/{id}';

/** A wrong call for each message that the pages show. */
const WRONG: readonly Wrong[] = [
  (client) => client.get('/', { retryAttempt: 1 } as object),
  (client) => client.get('/', { timeout: 5000 }),
  (client) => client.get('/', { httpsAgent: {} }),
  (client) => client.get('/', { maxContentLength: '5mb' } as object),
  (client) => client.post('/', { title: 'a' } as object),
  (client) => client.get('/', { rejectUnauthorized: false } as object),
  (client) => client.get('/', { maxResponseSize: 1 } as object),
  (client) => client.post('/', { json: {} }, ...([{}] as unknown as [])),
  (client) => client.post('/', { family: 'a' } as object),
  (client) => client.get(PATH, { pathParams: { userId: 1 } }),
  (client) => client.get(PATH, { pathParams: { id: undefined } } as object),
  async () => Promise.resolve(20).then((retryAttempts) => new HTTPClient({ name: 'users', retryAttempts })),
];

/** The messages in the blocks and comments of a page. */
function messagesOf(page: string): string[] {
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/(?:^|\/\/ )((?:Type|Range)Error: .+)$/gm)].map(([, message = '']) => message);
}

test.each(['option-checks.md', 'urls.md'])('docs/%s shows messages as they are', async (page) => {
  const client = new HTTPClient({ baseURL: 'http://127.0.0.1:9', token: null });
  const thrown = await Promise.all(WRONG.map((call) => call(client).then(String, String)));
  const shown = messagesOf(page);

  expect(shown.length).toBeGreaterThan(1);
  expect(shown.filter((message) => !thrown.includes(message))).toEqual([]);
});
