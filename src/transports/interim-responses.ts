const LF = 0x0a;
const CR = 0x0d;
const ZERO = 0x30;
const ONE = 0x31;
const THREE = 0x33;

/** Index of the last digit in `HTTP/1.1`. */
const MINOR_AT = 7;
/** Index of the status in `HTTP/1.1 200 OK`. */
const STATUS_AT = 9;
const AFTER_STATUS = STATUS_AT + 3;

/**
 * Makes undici ignore a `100 Continue` that nobody asked for. undici closes the connection on it, and the response that
 * follows is lost; all other informational responses it ignores. So on the way to its parser, 100 becomes 103.
 *
 * @see RFC 9110, section 15.2: a client must be able to read informational responses that it does not expect
 */
export class InterimResponses {
  /** Position in the head that is being read; `undefined` after the status of the final response. */
  at: number | undefined = 0;
  /** Gets the version of HTTP of the next head. */
  declare watch: { protocol: string | undefined } | undefined;
  #isHundred = false;
  #lineLength = 0;

  /** Reads the version in what arrives first of a response. It stays unknown if that is not the whole version. */
  readVersion(chunk: Uint8Array): void {
    const minor = chunk[MINOR_AT];
    if (this.watch && this.at === 0 && minor !== undefined) this.watch.protocol = `1.${minor - ZERO}`;
    if (this.watch) this.watch = undefined;
  }

  /** Reads what arrives while a head is expected, and changes the status 100 in it. */
  read(chunk: Uint8Array): void {
    for (let index = 0; index < chunk.length && this.at !== undefined; index++) {
      const byte = chunk[index];
      if (this.at === AFTER_STATUS) this.#skip(byte);
      else if (this.at < STATUS_AT) this.at += this.at === 0 && (byte === CR || byte === LF) ? 0 : 1;
      else if (this.#isHundredAfter(byte)) chunk[index] = THREE;
    }
  }

  /** Reads one digit of the status. */
  #isHundredAfter(digit: number | undefined): boolean {
    const at = this.at ?? 0;
    this.#isHundred = at === STATUS_AT ? digit === ONE : this.#isHundred && digit === ZERO;
    // The final response begins here, or its status is not valid.
    this.at = at === STATUS_AT && digit !== ONE ? undefined : at + 1;
    this.#lineLength = AFTER_STATUS;
    return this.#isHundred && this.at === AFTER_STATUS;
  }

  /** Skips the rest of an informational response, up to the empty line at its end. */
  #skip(byte: number | undefined): void {
    if (byte === LF && this.#lineLength === 0) this.at = 0;
    else if (byte === LF) this.#lineLength = 0;
    else if (byte !== CR) this.#lineLength++;
  }
}
