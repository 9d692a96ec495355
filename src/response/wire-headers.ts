import { AxiosHeaders } from 'axios';
import { printHeadersSafely } from '../util/printable';

/**
 * Headers from the wire. Names are in lower case and values are clean, so there is nothing to normalise: axios would compare
 * each name with all others, which blocks the process when a server sends a thousand.
 */
export class WireHeaders extends AxiosHeaders {
  static {
    printHeadersSafely(this.prototype);
    // A header with the name of a method is stored with a capital, as axios does for its own methods.
    for (const method of ['normalize', 'constructor']) {
      const own: unknown = (this.prototype as Record<string, unknown>)[method];
      const name = method.charAt(0).toUpperCase() + method.slice(1);
      Object.defineProperty(this.prototype, method, {
        get: () => own,
        set(this: WireHeaders, value: string) {
          this[name] = value;
        },
      });
    }
  }

  override normalize(): this {
    return this;
  }
}
