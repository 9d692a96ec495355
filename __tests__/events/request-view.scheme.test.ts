import { RequestView } from '../../src/events/request-view';

function viewOf(url: string): RequestView {
  const source = { method: 'GET', url: new URL(url), headers: {} };
  return new RequestView(source, 'http', { count: 0, kind: undefined, reason: undefined });
}

test.each([
  ['https://users/1', 'https'],
  ['http://users:8000/1', 'http'],
])('the scheme of %s is %s', (url, scheme) => {
  expect(viewOf(url).scheme).toBe(scheme);
});

test('an address of IPv6 has no brackets, as in attributes of OpenTelemetry', () => {
  expect(viewOf('http://[::1]:8000/1').address).toBe('::1');
});

test('shows the seconds since it was sent', () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
  const view = viewOf('http://users/1');
  clock.mockReturnValue(1250.5);

  expect(view.elapsed).toBe(0.2505);
  clock.mockRestore();
});
