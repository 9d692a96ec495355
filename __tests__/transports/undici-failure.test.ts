import { isStale } from '../../src/transports/undici-failure';

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

describe('a break says that the connection was stale', () => {
  test.each<[string, boolean, Error, boolean | undefined, number]>([
    ['for a reset of a reused one', true, coded('ECONNRESET'), false, 10],
    ['for a write to a reused one that is gone', true, coded('EPIPE'), false, 10],
    ['for the end of a reused one', true, coded('UND_ERR_SOCKET', 'other side closed'), false, 10],
    ['not for a new one', false, coded('ECONNRESET'), true, 10],
    ['not where nobody knows', false, coded('ECONNRESET'), undefined, 10],
    ['not after a second: an application may have begun to work', false, coded('ECONNRESET'), false, 1000],
    ['not for an answer that undici does not take', false, coded('UND_ERR_SOCKET', 'bad response'), false, 10],
    ['not for anything else', false, coded('ETIMEDOUT'), false, 10],
  ])('%s', (_, expected, error, isFirst, age) => {
    expect(isStale(error, isFirst, performance.now() - age)).toBe(expected);
  });
});
