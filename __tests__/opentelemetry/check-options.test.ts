import { checkedSettings } from '../../src/opentelemetry/check-options';

test('without options every default is there', () => {
  expect(checkedSettings({ spans: undefined })).toEqual({
    spans: true,
    metrics: true,
    requestDuration: 'auto',
    requestHeaders: [],
    responseHeaders: [],
    callSpan: false,
    urlTemplate: undefined,
  });
});

test('options replace the defaults', () => {
  const urlTemplate = () => '/users/{id}';

  expect(checkedSettings({ metrics: false, requestDuration: true, responseHeaders: ['Via'], urlTemplate })).toEqual(
    expect.objectContaining({
      metrics: false,
      requestDuration: true,
      responseHeaders: ['Via'],
      urlTemplate: expect.any(Function) as unknown,
    }),
  );
});

test.each([
  [{ spans: 1 }, 'Option `spans` must be true or false, got 1'],
  [{ metrics: null }, 'Option `metrics` must be true or false, got null'],
  [{ callSpan: 'yes' }, "Option `callSpan` must be true or false, got 'yes'"],
  [{ requestDuration: 'never' }, "Option `requestDuration` must be 'auto', true or false, got 'never'"],
  [{ urlTemplate: '/users' }, 'Option `urlTemplate` must be a function of the URL, got a string'],
  [{ requestHeaders: 'via' }, 'Option `requestHeaders` must be a list of header names, got a string'],
  [{ responseHeaders: ['a b'] }, "Option `responseHeaders` must contain header names, got 'a', followed by U+0020"],
  [{ callSpans: true }, 'Unknown option of openTelemetry `callSpans`. Did you mean `callSpan`?'],
  [5, 'Options must be an object, got 5'],
])('%j is refused', (options, message) => {
  expect(() => checkedSettings(options as never)).toThrow(new TypeError(message));
});
