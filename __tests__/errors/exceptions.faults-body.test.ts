import { HTTPError, JSONDecodeError } from '../../src/index';
import { http } from '../support/fault-scenes';
import { expectFault, faultNamed, FAULTS, METHODS, provoke } from '../support/faults';

describe.each(METHODS)('%s', (method) => {
  test.each(FAULTS.body)('$name', async (fault) => {
    await expectFault(fault, method);
  });

  test('a 503 that is too large keeps its status', async () => {
    const setting = { client: { maxResponseSize: 1000 }, options: { retryAttempts: 0 } };
    const large = { ...faultNamed('503'), start: http({ status: 503, body: 'x'.repeat(5000) }, setting) };

    const { error } = await provoke(large, method);

    expect(error).toBeInstanceOf(HTTPError);
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 503 });
  });

  test.each([
    {
      fault: faultNamed('JSON that is none'),
      position: 9,
      words: 'is not valid JSON (application/json): first error at character 9',
    },
    { fault: faultNamed('empty body'), position: 0, words: 'is empty where JSON was expected' },
    { fault: faultNamed('HTML'), position: 0, words: 'is not valid JSON (text/html): first error at character 0' },
  ])('$fault.name in place of JSON: $words', async ({ fault, position, words }) => {
    const { error } = await provoke(fault, method);

    expect(error).toBeInstanceOf(JSONDecodeError);
    expect((error as JSONDecodeError).response.status).toBe(200);
    expect(error).toMatchObject({ position, message: expect.stringContaining(words) as string });
  });
});
