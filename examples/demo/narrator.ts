import { isRequestException, type Call, type Plugin, type RequestException } from '@hdms/http-client';

/** Told of each attempt as soon as it is over, with what became of it in words. */
export type Listener = (call: Call, detail: string) => void;

/**
 * Tells of attempts as they happen. It stands in the attempt ring: a plugin of the call ring would see only how the
 * whole call ended.
 */
export function narrator(tell: Listener): Plugin {
  return {
    name: 'narrator',
    ring: 'attempt',
    install(http) {
      http.interceptors.response.use(
        (response) => {
          if (response.config.call) tell(response.config.call, `answered ${response.status} ${response.statusText}`);
          return response;
        },
        (error: unknown) => {
          if (isRequestException(error) && error.config?.call) tell(error.config.call, describe(error));
          throw error;
        },
      );
    },
  };
}

function describe(error: RequestException): string {
  return error.status === undefined ? `${error.code}: ${wordsOf(error)}` : wordsOf(error);
}

/** The message without the request that it begins with. */
export function wordsOf({ message, method, url }: RequestException): string {
  return message.replace(`${method} ${url}: `, '');
}
