import { isHarmlessData } from '../../src/errors/harmless-data';

const getter = Object.defineProperty({}, 'state', { enumerable: true, get: () => 'x' });
const nested = (levels: number): object => (levels === 0 ? { end: true } : { next: nested(levels - 1) });

test.each<[string, object, boolean]>([
  ['details', { orderId: 7, missing: ['street', null, { zip: undefined }] }, true],
  ['at', new Date(), true],
  ['details', nested(50), true],
  ['details', nested(200), false],
  ['ids', Array.from({ length: 1_000_000 }, () => 7), false],
  ['details', new URL('http://ada:pw@a'), false],
  ['details', getter, false],
  ['details', { apiKey: 'x' }, false],
  ['details', { url: 'http://ada:pw@a/' }, false],
  ['response', {}, false],
  ['details', { headers: {} }, false],
])('%s: case %# is judged', (name, data, isHarmless) => {
  expect(isHarmlessData(name, data)).toBe(isHarmless);
}); // prettier-ignore
