import { HTTPClient, observe, type AttemptView } from '../../src/index';
import { EventLog } from '../support/event-log';
import { held, inTurn } from '../support/held';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const OPTIONS = { hedging: { delay: 0.005 }, retry: { base: 0.001 } };

/** Subscribes to the ends of attempts only. @returns them, and a promise of the first */
function watchEnds(): { readonly ends: string[]; readonly first: Promise<void>; readonly stop: () => void } {
  const ends: string[] = [];
  let tell: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (tell = resolve));
  const line = ({ number, outcome, decision }: AttemptView): string =>
    [number, outcome, decision].filter((part) => part !== undefined).join(' ');
  const stop = observe({
    attemptEnd: ({ attempt }) => {
      ends.push(line(attempt));
      tell();
    },
  });
  return { ends, first, stop };
}

describe.each(WAYS)('over %s', (_, way) => {
  test.each([
    ['first', 0, ['1 503', '2 200 done']],
    ['second', 1, ['2 503', '1 200 done']],
  ])('the %s of two attempts ends when it fails, while the other goes on', async (_leg, failing, expected) => {
    const answers = [held(), held()] as const;
    const api = await service(answers);
    const { ends, first, stop } = watchEnds();
    const call = new HTTPClient(OPTIONS).get(api.url, way);
    await Promise.all(answers.map(({ arrived }) => arrived));

    answers[failing]?.reply('', 503);
    await first;
    expect(ends).toEqual(expected.slice(0, 1));
    answers[1 - failing]?.reply('{}');
    await call;
    stop();

    expect(ends).toEqual(expected);
  });

  test.each([
    ['first', 0, ['1 503', '2 500 retry', '3 200 done']],
    ['second', 1, ['2 503', '1 500 retry', '3 200 done']],
  ])('if both fail, the %s at first, both end before the retry', async (_leg, failing, expected) => {
    const answers = [held(), held()] as const;
    const api = await service([...answers, {}]);
    const { ends, first, stop } = watchEnds();
    const call = new HTTPClient(OPTIONS).get(api.url, way);
    await Promise.all(answers.map(({ arrived }) => arrived));

    answers[failing]?.reply('', 503);
    await first;
    answers[1 - failing]?.reply('', 500);
    await call;
    stop();

    expect(ends.slice(0, 2)).toEqual(expected.slice(0, 2));
  });
});

test('one that fails while the other goes on ends after its request', async () => {
  const api = await service(inTurn(['', 503], ['{}']));
  const log = new EventLog();

  await new HTTPClient(OPTIONS).get(api.url);

  expect(log.story.slice(-7)).toEqual([
    ...['headers 503', 'request end 503', 'attempt end 503'],
    ...['headers 200', 'request end 200', 'attempt end 200 done', 'call end 200'],
  ]);
});
