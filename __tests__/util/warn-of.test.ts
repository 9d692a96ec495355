import { warnOf, warnOnce } from '../../src/util/warn-of';

test.each<[unknown, string]>([
  [new RangeError('too far'), 'It failed: RangeError: too far'],
  [new Error('connect redis://ada:s3cr3t@redis:6379'), 'It failed: Error: connect redis://redis:6379'],
  [Object.create(null), 'It failed: Error: a thrown object'],
])('case %# is told without secrets', (reason, text) => {
  const emit = jest.spyOn(process, 'emitWarning').mockReturnValue();

  warnOf('It failed', reason, 'HDMS_TEST');

  expect(emit).toHaveBeenCalledWith(text, { code: 'HDMS_TEST' });
  emit.mockRestore();
});

test('only the first failure leads to a warning', () => {
  const emit = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const warn = warnOnce('HDMS_TEST', 'TestWarning');

  warn('It failed', new RangeError('no'));
  warn('It failed, too', new RangeError('no'));

  expect(emit.mock.calls).toEqual([['It failed: RangeError: no', { type: 'TestWarning', code: 'HDMS_TEST' }]]);
  emit.mockRestore();
});
