import { HTTPClient } from '../../../src/index';
import { service } from '../../support/service';

describe('a source without a token', () => {
  test.each<[string, () => unknown]>([
    ['at once', () => null],
    ['later', async () => Promise.resolve(null)],
  ])('a function that answers null %s sends none', async (_, token) => {
    const api = await service();

    await new HTTPClient({ token: token as never }).get(api.url);

    expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
  });
});
