import { KeptClients } from '../../src/inspector/kept-clients';

test('a client has one card, which is found again', () => {
  const kept = new KeptClients();
  const users = kept.of({ clientId: 1, client: 'users' });

  expect(kept.of({ clientId: 1, client: 'users' })).toBe(users);
  expect(kept.find(1)).toBe(users);
  expect(kept.find(2)).toBeUndefined();
});

test('of more than a hundred, the one that has been quiet for the longest time goes', () => {
  const kept = new KeptClients();
  for (let clientId = 1; clientId <= 100; clientId++) kept.of({ clientId, client: undefined }).entered(clientId);
  kept.find(1)?.entered(1000);

  kept.of({ clientId: 101, client: 'latest' });

  expect(kept.all).toHaveLength(100);
  expect(kept.find(1)).toBeDefined();
  expect(kept.find(2)).toBeUndefined();
});
