import { createException } from '../../src/errors/create';
import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const PROBLEM = 'application/problem+json';

test('the properties of an exception can be read on a copy, such as Jest makes of one in a failed test', async () => {
  const api = await service([{ status: 503 }]);
  const error = await failure(new HTTPClient({ retryAttempts: 0 }).get(api.url));
  const descriptors = Object.getOwnPropertyDescriptors(error);
  const ofItsClass = Object.create(Object.getPrototypeOf(error) as object, descriptors) as typeof error;
  const plain = Object.create(null, descriptors) as typeof error;

  expect(error.attempts).toHaveLength(1);
  for (const copy of [ofItsClass, plain]) {
    expect(Object.fromEntries(Object.entries(copy))).toEqual({
      ...Object.fromEntries(Object.entries(error)),
      attempts: [],
    });
    expect(copy.stack).toBeUndefined();
  }
});

test('a copy of the exception of no call is readable, too', () => {
  const copy = Object.create(null, Object.getOwnPropertyDescriptors(createException('TIMEOUT'))) as { name: string };

  expect({ ...copy }).toMatchObject({ name: 'Timeout', attempts: [] });
});

// docs/errors.md, "In other threads and processes".
test('a structured clone keeps message and stack, and the JSON keeps its fields', async () => {
  const api = await service([{ status: 404, json: { title: 'Gone' }, headers: { 'content-type': PROBLEM } }]);
  const error = await failure(new HTTPClient().get(api.url));

  const { name, message, stack } = structuredClone(error);
  expect({ name, message, stack }).toEqual({ name: 'Error', message: error.message, stack: error.stack });
  expect(structuredClone(error)).not.toHaveProperty('code');
  expect(JSON.stringify(structuredClone(error.toJSON()))).toBe(JSON.stringify(error));
});
