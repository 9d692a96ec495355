import type { AxiosError as Parent } from 'axios';
import { axios } from '../util/packages';

/**
 * AxiosError as a base class that does not load axios: the first exception makes it a subclass of axios's own. No exception exists
 * before that, so all of them are instances of axios's class.
 */
class LateAxiosError extends Error {
  constructor(...given: [message?: string, code?: string]) {
    extendAxiosError();
    // From here on, the constructor of axios's class.
    super(...(given as [string?]));
  }
}

function extendAxiosError(): void {
  const parent = axios().AxiosError;
  if (Object.getPrototypeOf(LateAxiosError) === parent) return;
  Object.setPrototypeOf(LateAxiosError, parent);
  Object.setPrototypeOf(LateAxiosError.prototype, parent.prototype);
}

export const AxiosError = LateAxiosError as unknown as typeof Parent;
