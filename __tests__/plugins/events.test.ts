import { HTTPClient, runInContext } from '../../src/index';
import { EventLog } from '../support/event-log';
import { service } from '../support/service';

test('a call starts when it has joined its context, and names its client', async () => {
  const api = await service();
  const client = new HTTPClient({ name: 'users' });
  const log = new EventLog();

  await runInContext({ requestId: 'r1' }, () => client.get(api.url));
  await client.axios.get(api.url);

  const starts = log.entries.filter(({ kind }) => kind === 'callStart');
  expect(starts.map(({ call }) => [call.client, call.clientId])).toEqual(Array(2).fill(['users', client.id]));
  expect(starts.map(({ call }) => call.context?.requestId)).toEqual(['r1', undefined]);
});

test('what is sent again starts no other call while the caller waits', async () => {
  const api = await service([{ status: 401 }, {}]);
  const client = new HTTPClient();
  client.axios.interceptors.response.use(undefined, ({ config }: { config: object }) => client.axios.request(config));
  const log = new EventLog();

  await client.get(api.url);

  expect(log.entries.filter(({ kind }) => kind === 'callStart')).toHaveLength(1);
});
