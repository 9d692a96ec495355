import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

test('a deadline of months is no deadline of a millisecond', async () => {
  const api = await service([{ delay: 20 }]);

  const { status } = await new HTTPClient({ token: null }).axios.get(api.url, { timeout: 0, deadline: 3e6 });

  expect(status).toBe(200);
});
