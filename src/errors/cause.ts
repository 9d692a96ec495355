import { isAxiosError } from 'axios';
import { isRequestException } from './guards';
import { isError } from './is-error';

/** The error itself; or its words alone, where it or a cause of it is an AxiosError of another client. */
export function withoutSecrets(error: Error): Error {
  let link: unknown = error;
  for (let depth = 0; depth < 10 && isError(link); depth++) {
    if (isAxiosError(link) && !isRequestException(link)) return copyWords(error);
    link = link.cause;
  }
  return error;
}

function copyWords({ name, message, stack }: Error): Error {
  return Object.defineProperty(Object.assign(new Error(message), { name }), 'stack', { value: stack, writable: true });
}
