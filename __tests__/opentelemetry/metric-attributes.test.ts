import { ATTR_HTTP_CONNECTION_STATE } from '@opentelemetry/semantic-conventions/incubating';
import * as attributes from '../../src/opentelemetry/metric-attributes';

test('a name is that of the semantic conventions, or has the prefix of this package', () => {
  const { CONNECTION_STATE, ...own } = attributes;

  expect(CONNECTION_STATE).toBe(ATTR_HTTP_CONNECTION_STATE);
  for (const name of Object.values(own)) expect(name).toMatch(/^hdms\.[a-z]+\.[a-z]+$/);
});
