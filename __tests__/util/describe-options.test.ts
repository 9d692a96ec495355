import https from 'node:https';
import { describeOptions } from '../../src/util/describe-options';

test('options are described without secrets, and objects by their class', () => {
  const options = {
    baseURL: 'http://ada:pw@users/?token=abc',
    auth: { username: 'ada', password: 'pw' },
    params: { api_key: 'k', page: 2 },
    httpsAgent: new https.Agent({ passphrase: 'pw' }),
    adapter: () => undefined,
    data: ['a'],
    timeout: undefined,
  };

  expect(describeOptions(options)).toEqual({
    baseURL: 'http://users/?token=***',
    auth: '***',
    params: { api_key: '***', page: 2 },
    httpsAgent: 'Agent',
    adapter: 'a function',
    data: 'Array',
  });
});

test('an option that leads back to itself ends', () => {
  const options: { self?: object } = {};
  options.self = options;

  expect(describeOptions(options)).toEqual({ self: { self: { self: { self: '…' } } } });
});
