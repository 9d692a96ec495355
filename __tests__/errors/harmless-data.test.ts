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
  ['details', [{ code: 'OUT_OF_STOCK' }], true],
  ['details', { text: 'a '.repeat(500) }, true],
  ['details', { text: 'a '.repeat(501) }, false],
  ['tokens', ['s3cr3t'], false],
  ['token', { value: 's3cr3t' }, false],
  ['details', { session: { id: 's3cr3t' } }, false],
  ['apiKeys', ['s3cr3t'], false],
  ['cookies', { a: 's3cr3t' }, false],
  ['tokenExpiresAt', new Date(), true],
  ['rawHeaders', ['x-tenant', 's3cr3t'], false],
  ['requestBody', {}, false],
  ['response_headers', {}, false],
  ['params', ['s3cr3t'], false],
  ['issues', [{ keyword: 'required', params: { missingProperty: 'street' }, message: 'is missing' }], true],
  ['details', { headers: {} }, false],
])('%s: case %# is judged', (name, data, isHarmless) => {
  expect(isHarmlessData(name, data)).toBe(isHarmless);
}); // prettier-ignore

test('an object with 500,000 members is judged without a look at each', () => {
  const members = Object.fromEntries(Array.from({ length: 500_000 }, (_, id) => [`k${id}`, id]));
  let looks = 0;
  const data = new Proxy(members, {
    getOwnPropertyDescriptor(target, name) {
      looks++;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });

  expect(isHarmlessData('details', data)).toBe(false);

  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(1000);
});
