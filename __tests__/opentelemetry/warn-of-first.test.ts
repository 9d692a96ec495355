import { warnOfFirst } from '../../src/opentelemetry/warn-of-first';

test('only the first failure leads to a warning', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  const warn = warnOfFirst('the sampler');

  warn(new RangeError('no'));
  warn('again');

  expect(warned.mock.calls).toEqual([
    [
      'openTelemetry(): the sampler failed: RangeError: no',
      { type: 'OpenTelemetryWarning', code: 'HDMS_OPENTELEMETRY' },
    ],
  ]);
  warned.mockRestore();
});
