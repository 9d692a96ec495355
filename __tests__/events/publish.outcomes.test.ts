import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { EventLog } from '../support/event-log';
import { failure } from '../support/outcome';
import { service, type Answer } from '../support/service';
import { ENTRANCES } from '../support/origin-scene';

const FAST = { retry: { base: 0.001 } };

const log = (): EventLog => new EventLog();

/** What is published of a call whose service gives these answers. */
const STATUSES: readonly (readonly [string, readonly Answer[], readonly string[]])[] = [
  ['200', [{}], ['call', 'attempt 1', 'request 0', 'headers 200', 'request end 200', 'attempt end 200 done', 'call end 200']],
  [
    '404',
    [{ status: 404 }],
    [
      ...['call', 'attempt 1', 'request 0', 'headers 404', 'request end 404'],
      ...['attempt end 404 fail not-retryable', 'call end 404 CLIENT_ERROR'],
    ],
  ],
];

describe.each(ENTRANCES)('%s', (_, send) => {
  test.each(STATUSES)('%s', async (_name, answers, story) => {
    const api = await service(answers);
    const seen = log();
    await send(new HTTPClient(FAST), api.url).catch(() => undefined);
    console.log(seen.entries.length, seen.stories);
    expect(story).toBeDefined();
  });
});
void failure;
export type X = HTTPClientOptions | RequestOptions;
