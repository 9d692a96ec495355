import { AllSeries, Series } from '../../src/opentelemetry/series';

const SUBJECT = { client: undefined, method: 'GET', address: 'users', port: 8000, template: undefined };

test('shows what is known, and nothing else', () => {
  const { attributes } = new AllSeries().of({ ...SUBJECT, address: undefined, port: undefined });

  expect(attributes).toEqual({ 'http.request.method': 'GET' });
});

test.each([
  ['client', 'users'],
  ['method', 'POST'],
  ['address', 'orders'],
  ['port', 8001],
  ['template', '/users/{id}'],
])('another %s is another series', (name, value) => {
  const all = new AllSeries();

  expect(all.of(SUBJECT)).toBe(all.of({ ...SUBJECT }));
  expect(all.of({ ...SUBJECT, [name]: value }).attributes).not.toEqual(all.of(SUBJECT).attributes);
});

test('a client of one name and a template of the same text are two series', () => {
  const all = new AllSeries();

  expect(all.of({ ...SUBJECT, client: 'a' })).not.toBe(all.of({ ...SUBJECT, template: 'a' }));
});

test('each set of attributes is made once', () => {
  const series = new Series({ a: 1 });
  const names = ['b', 'c'];

  expect(series.with(names, 'x', undefined)).toEqual({ a: 1, b: 'x' });
  expect(series.with(names, 'x', undefined)).toBe(series.with(names, 'x', undefined));
  expect(series.with(names, undefined, 'x')).toEqual({ a: 1, c: 'x' });
  expect(series.with(['c', 'b'], 'x', undefined)).toEqual({ a: 1, c: 'x' });
});

test('10,000 servers do not fill the memory', () => {
  const all = new AllSeries();
  const first = all.of(SUBJECT);
  for (let index = 0; index < 1000; index++) all.of({ ...SUBJECT, address: `host-${index}` });

  expect(all.of(SUBJECT)).not.toBe(first);
  expect(all.of(SUBJECT).attributes).toEqual(first.attributes);
});
