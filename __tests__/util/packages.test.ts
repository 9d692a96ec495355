import axiosItself from 'axios';
import { axios, jsonwebtoken, levenshtein } from '../../src/util/packages';

test('the packages are those that an application imports', () => {
  expect(axios().AxiosError).toBe(axiosItself.AxiosError);
  expect(jsonwebtoken().decode('no token')).toBeNull();
  expect(levenshtein().closest('tokn', ['timeout', 'token'])).toBe('token');
});
