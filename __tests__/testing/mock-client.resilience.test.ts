import { AssertionError } from 'node:assert';
import { assertCalled, assertCalls, mockClient } from '../../src/testing/index';
import { failure } from '../support/outcome';

const URL = 'http://user-service:8000/users';

test('a call shows that it was hedged', async () => {
  const client = mockClient([{ delay: Infinity }, { json: [] }, {}], { hedging: { delay: 0.001 } });

  await client.get(URL);
  await client.get(URL, { hedging: false });

  assertCalls(client, [
    { hedged: true, attempts: ['lost', 200] },
    { hedged: false, attempts: [200] },
  ]);
  expect(client.calls.map(({ hedged, requests }) => [hedged, requests.length])).toEqual([
    [true, 2],
    [false, 1],
  ]);
});

test('the complaint shows that no hedge was made', async () => {
  const client = mockClient();
  await client.get(URL);

  const assertion = (): void => {
    assertCalled(client, { hedged: true });
  };

  expect(assertion).toThrow(AssertionError);
  expect(assertion).toThrow(/\+ +hedged: false\n- +hedged: true/);
});

test('each mock client starts with a full budget and a closed circuit', async () => {
  const options = { circuitBreaker: { minimumCalls: 5 } };
  for (let run = 0; run < 3; run++) {
    const client = mockClient([{ status: 503 }], options);

    expect((await failure(client.get(URL))).attempts).toHaveLength(4);
    expect((await failure(client.get(URL))).attempts.at(-1)?.reason).toBe('circuit-open');
  }
});

test('a service that keeps failing uses the budget up: the fourth call has one retry', async () => {
  const client = mockClient([{ status: 503 }]);
  const attempts: number[] = [];
  for (let call = 0; call < 5; call++) attempts.push((await failure(client.get(URL))).attempts.length);

  expect(attempts).toEqual([4, 4, 4, 2, 1]);
});
