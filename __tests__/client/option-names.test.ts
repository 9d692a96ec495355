import { AXIOS_OPTIONS, CLIENT_OPTIONS, JSON_OPTIONS, REQUEST_OPTIONS } from '../../src/client/option-names';

test.each([AXIOS_OPTIONS, CLIENT_OPTIONS, REQUEST_OPTIONS, JSON_OPTIONS])(
  'case %#: no name is listed twice',
  (...names) => {
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
  },
);

test('a name of ours is not one that axios understands in its own way', () => {
  const ours = new Set<string>([...CLIENT_OPTIONS, ...REQUEST_OPTIONS, ...JSON_OPTIONS]);

  expect(AXIOS_OPTIONS.filter((name) => ours.has(name))).toEqual([]);
});
