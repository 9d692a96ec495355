import { HTTPError } from '../../src/index';
import { http } from '../support/fault-scenes';
import { expectFault, faultNamed, FAULTS, METHODS, provoke } from '../support/faults';

describe.each(METHODS)('%s', (method) => {
  test.each(FAULTS.status)('$name', async (fault) => {
    const error = await expectFault(fault, method);

    const status = Number(fault.name);
    expect(error.status).toBe(status);
    expect(error.response?.status).toBe(status);
    expect(error.attempts.map(({ outcome }) => outcome)).toEqual(error.attempts.map(() => status));
  });
});

test('the last answer is at hand, parsed', async () => {
  const refusal = { ...faultNamed('400'), start: http({ status: 400, json: { field: 'title' } }) };

  const { error } = await provoke(refusal, 'POST');

  expect(error).toBeInstanceOf(HTTPError);
  expect((error as HTTPError).response.data).toEqual({ field: 'title' });
});
