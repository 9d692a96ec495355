import { complaintsAbout } from '../support/compiler';
import { KEYWORDS } from './keywords';

const PRELUDE = `import https from 'node:https';
import { HTTPClient } from '@hdms/http-client';
declare const client: HTTPClient, form: FormData, ca: string, cert: string, key: string;
`;

test('the options that stand for keyword arguments compile', () => {
  const calls = KEYWORDS.map(({ option }) =>
    option.startsWith('client.') ? option : `await client.post('http://user-service:8000', { ${option} });`,
  );
  const sources = [...calls, 'await client.get(1);'].map((call, index): [string, string] => [
    `call-${index}`,
    PRELUDE + call,
  ]);

  expect(calls.length).toBeGreaterThan(10);
  // The last one shows that the compiler looks at them.
  expect(complaintsAbout(new Map(sources))).toEqual([expect.stringMatching(`^call-${calls.length}: `)]);
});
