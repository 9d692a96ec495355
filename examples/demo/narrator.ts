import { isRequestException, type Call, type Plugin, type RequestException } from '@hdms/http-client';

/** Called when an attempt is over, with its outcome in words. */
export type Listener = (call: Call, detail: string) => void;

/**
 * Reports attempts as they happen. It belongs to the attempt ring, because a plugin of the call ring only sees how the
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

/** The message without the request at its beginning. */
export function wordsOf({ message, method, url }: RequestException): string {
  return message.replace(`${method} ${url}: `, '');
}
