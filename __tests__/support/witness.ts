import type { Plugin, Ring } from '../../src/index';

/** A plugin that writes down every time that it sees a request or an outcome. */
export function witness(name: string, ring: Ring, log: string[]): Plugin {
  return {
    name,
    ring,
    install(http) {
      http.interceptors.request.use((config) => {
        log.push(`${name} request`);
        return config;
      });
      http.interceptors.response.use(
        (response) => {
          log.push(`${name} response`);
          return response;
        },
        async (error: Error) => {
          log.push(`${name} error`);
          return Promise.reject(error);
        },
      );
    },
  };
}
