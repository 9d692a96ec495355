import { HTTPClient } from '../../src/index';
import { isDropped } from '../../src/util/dropped-names';

test.each(['__proto__', 'constructor', 'prototype', 'page'])('axios decides about %s alike', (name) => {
  const params: unknown = JSON.parse(`{"${name}":1}`);

  expect(new HTTPClient().axios.getUri({ url: '/users', params })).toBe(
    isDropped(name) ? '/users' : `/users?${name}=1`,
  );
});
