import { LOWER_CASE, UPPER_CASE } from '../../src/util/method-names';

test.each(['get', 'GET', 'post', 'POST', 'options', 'OPTIONS'])('%s has both cases', (method) => {
  expect([UPPER_CASE.get(method), LOWER_CASE.get(method)]).toEqual([method.toUpperCase(), method.toLowerCase()]);
});

test.each(['Get', 'PURGE', ''])("'%s' is not usual", (method) => {
  expect([UPPER_CASE.get(method), LOWER_CASE.get(method)]).toEqual([undefined, undefined]);
});
