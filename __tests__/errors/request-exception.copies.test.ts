import { createException } from '../../src/errors/create';
import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

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
