import * as channels from '../../src/events/channels';
import { observe } from '../../src/index';

test('the names are public, except that of `request:done`', () => {
  expect(Object.values(channels).map(({ name }) => String(name))).toEqual([
    '@hdms/http-client:call:start',
    '@hdms/http-client:attempt:start',
    '@hdms/http-client:request:start',
    '@hdms/http-client:request:headers',
    '@hdms/http-client:request:end',
    '@hdms/http-client:request:done',
    '@hdms/http-client:attempt:end',
    '@hdms/http-client:call:end',
    '@hdms/http-client:token',
    '@hdms/http-client:breaker',
    '@hdms/http-client:budget',
  ]);
});

test('each handler of observe() gets what its channel publishes, and only that', () => {
  const names = ['callStart', 'attemptStart', 'requestStart', 'requestHeaders', 'requestEnd', 'attemptEnd', 'callEnd'];
  for (const name of [...names, 'token', 'breaker', 'budget']) {
    const heard: unknown[] = [];
    const stop = observe({ [name]: (message: unknown) => heard.push(message) });
    for (const channel of Object.values(channels)) channel.publish(channel.name);
    stop();

    const expected = name.replace(/[A-Z]/, (letter) => `:${letter.toLowerCase()}`);
    expect(heard).toEqual([`@hdms/http-client:${expected}`]);
  }
});
