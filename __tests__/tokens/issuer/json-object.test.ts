import { jsonObject } from '../../../src/tokens/issuer/json-object';

test.each<[unknown]>([[{ a: 1 }], ['{"a":1}']])('%j is an object', (data) => {
  expect(jsonObject(data)).toEqual({ a: 1 });
});

test.each<[unknown]>([['[1]'], ['"a"'], ['null'], ['{'], [''], [null], [undefined], [[1]], [7]])(
  '%j is none',
  (data) => {
    expect(jsonObject(data)).toBeUndefined();
  },
);
