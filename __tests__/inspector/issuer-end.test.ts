import type { RequestEnd } from '../../src/events/messages';
import { issuerEndOf } from '../../src/inspector/issuer-end';

test.each([
  [{ response: { status: 200 } }, undefined],
  [{ response: { status: 401 } }, 'CLIENT_ERROR'],
  [{ response: { status: 503 } }, 'SERVER_ERROR'],
  [{ error: { code: 'TIMEOUT' } }, 'TIMEOUT'],
])('%j ends with %s', (end, code) => {
  expect(issuerEndOf(end as unknown as RequestEnd).error?.code).toBe(code);
});
