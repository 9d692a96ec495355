import { inspect } from 'node:util';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { held, inTurn } from '../support/held';
import { failure } from '../support/outcome';
import { refusing, ticket } from '../support/schemas';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const OPTIONS: HTTPClientOptions = { hedging: { delay: 0.005 }, retry: { base: 0.001 } };

/** Later attempts get no second one, however slow the machine is. */
const FIRST_PAIR_ONLY: Plugin = {
  name: 'first-pair-only',
  ring: 'attempt',
  install: ({ interceptors }) => {
    interceptors.request.use((config) => {
      if ((config.call?.attempts.length ?? 0) > 1) config.hedging = false;
      return config;
    });
  },
};

describe.each(WAYS)('over %s', (_, way) => {
  test('both fail: one decision, one retry', async () => {
    const api = await service([...inTurn(['', 503], ['', 500]), { body: 'well' }]);

    const { retries, data, config } = await new HTTPClient({ ...OPTIONS, plugins: [FIRST_PAIR_ONLY] }).get(
      api.url,
      way,
    );

    expect([retries, data]).toEqual([1, 'well']);
    expect(api.requests.map(({ headers }) => headers['x-request-attempt'])).toEqual([undefined, undefined, '2']);
    const attempts = config.call?.attempts ?? [];
    expect(attempts).toMatchObject([
      { outcome: 503 },
      { outcome: 500, hedge: true },
      { outcome: 200, decision: 'done' },
    ]);
    expect(attempts.filter(({ decision }) => decision === 'retry')).toHaveLength(1);
  });

  test.each([
    ['the first', 0, [404, 'lost']],
    ['the second', 1, ['lost', 404]],
  ])('a 404 of %s decides at once', async (_leg, decisive, outcomes) => {
    const answers = [held(), held()] as const;
    const api = await service(answers);
    void answers[1].arrived.then(() => {
      answers[decisive]?.reply('', 404);
    });

    const error = await failure(new HTTPClient(OPTIONS).get(api.url, way));
    await Promise.all(answers.map(({ left }) => left));

    expect(error).toMatchObject({ code: 'CLIENT_ERROR', status: 404, retries: 0 });
    expect(error.attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(error.attempts.map(({ reason }) => reason)).toEqual(
      [0, 1].map((index) => (index === decisive ? 'not-retryable' : undefined)),
    );
  });

  test('a 503 of the first waits for the second', async () => {
    const api = await service(inTurn(['', 503], ['well']));

    const { data, retries, config } = await new HTTPClient(OPTIONS).get(api.url, way);

    expect([data, retries]).toEqual(['well', 0]);
    expect(config.call?.attempts.map(({ outcome }) => outcome)).toEqual([503, 200]);
  });

  test('a 503 of the second waits for the first', async () => {
    const [first, second] = [held(), held()];
    const api = await service([first, second]);
    void second.arrived.then(() => {
      second.reply('', 503);
    });
    void second.left.then(() => {
      first.reply('well');
    });

    const { data, retries, config } = await new HTTPClient(OPTIONS).get(api.url, way);

    expect([data, retries]).toEqual(['well', 0]);
    expect(config.call?.attempts.map(({ outcome }) => outcome)).toEqual([200, 503]);
  });

  test.each([
    ['the first', 0, [401, 'lost', 200]],
    ['the second', 1, ['lost', 401, 200]],
  ])('a 401 of %s is answered by one replay with a new token', async (_leg, decisive, outcomes) => {
    const answers = [held(), held()] as const;
    const api = await service([...answers, {}]);
    void answers[1].arrived.then(() => {
      answers[decisive]?.reply('', 401);
    });
    const given = ['old', 'new'];
    const token = {
      getToken: () => given[0] ?? '',
      invalidate: (old: string) => {
        if (given[0] === old) given.shift();
      },
    };
    const client = new HTTPClient({ ...OPTIONS, token, plugins: [FIRST_PAIR_ONLY] });

    const { retries, config } = await client.get(api.url, way);

    expect(retries).toBe(0);
    expect(api.requests.map((request) => request.token)).toEqual(['old', 'old', 'new']);
    expect(config.call?.attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(config.call?.replays).toEqual(['TOKEN_REFUSED']);
  });
});

test('the table shows which attempt decided', async () => {
  const [first, slow] = [held(), held()];
  const api = await service([first, slow]);
  void slow.arrived.then(() => {
    first.reply('', 404);
  });

  const error = await failure(new HTTPClient(OPTIONS).get(api.url));

  expect(inspect(error)).toMatch(/#1 +\S+ +\S+ s +404 +fail: not-retryable\n +#2 hedge +\S+ +\S+ s +lost\n/);
});

test('retries that are used up count pairs, not attempts', async () => {
  const api = await service([...inTurn(['', 503], ['', 503]), ...inTurn(['', 503], ['', 503])]);

  const error = await failure(new HTTPClient({ ...OPTIONS, retryAttempts: 1 }).get(api.url));

  expect(error).toMatchObject({ code: 'SERVER_ERROR', retries: 1 });
  expect(error.attempts.map(({ decision, reason }) => decision && [decision, reason]).filter(Boolean)).toEqual([
    ['retry', 'SERVER_ERROR'],
    ['fail', 'retries-exhausted'],
  ]);
  expect(api.requests).toHaveLength(4);
});

test('both fail too late for another attempt: the deadline is the failure', async () => {
  const api = await service(inTurn(['', 503], ['', 503]));

  const error = await failure(new HTTPClient({ ...OPTIONS, retry: { base: 10 } }).get(api.url, { deadline: 5 }));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', cause: { code: 'SERVER_ERROR' } });
  expect(api.requests).toHaveLength(2);
});

test('the JSON of the second attempt is validated', async () => {
  const json = { id: '7', title: 'broken' };
  const api = await service([held(), { json }, held(), { json }]);
  const client = new HTTPClient(OPTIONS);

  expect(await client.getJson(api.url, { schema: ticket })).toEqual({ id: 7, title: 'broken' });
  expect(await failure(client.getJson(api.url, { schema: refusing({ message: 'no' }) }))).toMatchObject({
    code: 'RESPONSE_INVALID',
    attempts: [{ outcome: 'lost' }, { outcome: 200 }],
  });
});
