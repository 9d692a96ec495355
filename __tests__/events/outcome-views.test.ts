import { inspect } from 'node:util';
import { createException } from '../../src/errors/create';
import { ErrorView, ResponseView } from '../../src/events/outcome-views';

test('a response is its status, and headers without secrets', () => {
  const view = new ResponseView({
    status: 200,
    headers: { 'set-cookie': ['sid=secret'], location: '/a?token=secret', etag: '1' },
  });

  expect(view.status).toBe(200);
  expect(view.headers).toEqual({ 'set-cookie': '***', location: '/a?token=***', etag: '1' });
  expect(inspect(view)).toMatch(/^ResponseView \{\s+status: 200/);
  expect(new ResponseView({ status: 204 }).headers).toEqual({});
});

test('a failure is its facts, and its cause in one line', () => {
  const cause = new Error('no http://me:secret@a.test/');
  const error = createException('TIMEOUT', { phase: 'headers', sent: 'maybe', cause, detail: 'too slow' });
  const view = new ErrorView(error);

  expect(view).toMatchObject({ name: 'Timeout', code: 'TIMEOUT', phase: 'headers', sent: 'maybe', retryable: true });
  expect([view.message, view.status, view.cause]).toEqual([error.message, undefined, 'Error: no http://a.test/']);
  expect(view.stack).toContain('too slow');
  expect(inspect(view)).toMatch(/^ErrorView \{\s+name: 'Timeout'/);
  expect(new ErrorView(createException('CANCELLED', {})).cause).toBeUndefined();
});
