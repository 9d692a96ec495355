import { AxiosHeaders } from 'axios';
import { createException } from '../../src/errors/create';
import { requestIdOf } from '../../src/errors/request-id';
import { HTTPClient, runInContext } from '../../src/index';
import { service } from '../support/service';

const context = { requestId: 'of-the-context' };

test('the id is the header that was sent, in any case, and otherwise that of the context', () => {
  const headers = new AxiosHeaders({ 'x-REQUEST-id': 'of-the-call' });

  expect(requestIdOf({ config: { headers }, call: { context } })).toBe('of-the-call');
  expect(requestIdOf({ config: { headers: { 'X-Request-Id': false } }, call: { context } })).toBe('of-the-context');
  expect(requestIdOf({ call: { context } })).toBe('of-the-context');
  expect(requestIdOf({ call: { context: undefined } })).toBeUndefined();
  expect(requestIdOf({})).toBeUndefined();
});

test('an exception without an id has no such property', () => {
  expect(createException('CANCELLED')).not.toHaveProperty('requestId');
  expect(createException('CANCELLED').toJSON()).not.toHaveProperty('requestId');
});

test('the id that a call sends is in the JSON and in the print of its failure', async () => {
  const api = await service([{ status: 404 }]);
  const client = new HTTPClient({ token: null });
  const call = async (): Promise<unknown> => client.get(api.url).catch((thrown: unknown) => thrown);

  const error = await runInContext({ requestId: 'edge-1' }, call);

  expect(api.requests[0]?.headers['x-request-id']).toBe('edge-1');
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ requestId: 'edge-1' });
});
