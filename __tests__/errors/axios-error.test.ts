import axios, { AxiosError } from 'axios';
import { AxiosError as Base } from '../../src/errors/axios-error';
import { createException } from '../../src/errors/create';
import { RequestException, Timeout } from '../../src/errors/exceptions';
import { lazy } from '../../src/util/lazy';

test('an exception is an instance of the AxiosError that an application imports', () => {
  const timeout = createException('TIMEOUT');
  expect(timeout).toBeInstanceOf(Timeout);
  expect(timeout).toBeInstanceOf(AxiosError);
  expect(timeout).toBeInstanceOf(Error);
  expect(axios.isAxiosError(timeout)).toBe(true);
});

test('the first exception makes the base class a subclass of axios’s, which is not loaded before', () => {
  jest.isolateModules(() => {
    const load = jest.fn(() => jest.requireActual<object>('axios'));
    jest.doMock('axios', load);
    const errors = lazy(() => require('../../src/errors/exceptions') as typeof import('../../src/errors/exceptions'))();
    expect(load).not.toHaveBeenCalled();
    const late: unknown = Object.getPrototypeOf(errors.RequestException);
    expect(Object.getPrototypeOf(late)).toBe(Error);

    const exception = new errors.SSLError({ code: 'TLS_FAILED', message: 'no', retryable: false, sent: 'no' });

    const { AxiosError: parent } = lazy(() => require('axios') as typeof import('axios'))();
    expect(load).toHaveBeenCalledTimes(1);
    expect(Object.getPrototypeOf(late)).toBe(parent);
    expect(exception).toBeInstanceOf(parent);
    expect(exception).toMatchObject({ isAxiosError: true, code: 'TLS_FAILED', message: 'no', name: 'SSLError' });
    jest.dontMock('axios');
  });
});

test('a class of its own in between has no members', () => {
  createException('TIMEOUT');
  expect(Object.getPrototypeOf(RequestException)).toBe(Base);
  expect(Reflect.ownKeys(Base.prototype)).toEqual(['constructor']);
  expect(Base.ERR_BAD_REQUEST).toBe('ERR_BAD_REQUEST');
});
