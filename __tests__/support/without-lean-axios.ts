import type axios from 'axios';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';

// The tests of the client with an instance that axios makes: our shorter way through axios saves time and changes nothing.
jest.mock('../../src/lean-axios/lean-axios', () => {
  const real = jest.requireActual<{ default: typeof axios }>('axios').default;
  return { createLeanAxios: (defaults: AxiosRequestConfig): AxiosInstance => real.create(defaults) };
});
