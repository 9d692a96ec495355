import { readFileSync, statSync, type Stats } from 'node:fs';
import { kindOf } from '../../checks/kind-of';
import { toError } from '../../util/is-error';
import { tokenComplaint } from '../../checks/token';
import { jwtExpiry } from '../../util/jwt-expiry';
import { tokenArrived, tokenFailed } from '../cache/token-events';
import type { AccessToken, TokenSource } from './token-source';

/** Milliseconds between two checks of the file. */
const PAUSE = 1000;
/** Milliseconds before its expiry from which each check reads the token again, even if the file looks unchanged. */
const NEAR_EXPIRY = 30_000;
/** Bytes. */
const MAX_SIZE = 64 * 1024;

/**
 * The token in a file, such as the one that Kubernetes projects for a service account. The file is checked when a token is
 * needed, at most once a second. If it cannot be read, or its token has expired, the last valid token stays in use until it
 * expires; after that, calls fail with a TokenError.
 *
 * @param path of a file that contains only the token and white space around it
 * @throws TypeError if `path` is not a string, or is empty
 */
export function fileToken(path: string): TokenSource {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`fileToken takes the path of a file, got ${kindOf(path)}`);
  }
  const file = new TokenFile(path);
  return {
    getToken: () => file.token,
    invalidate: (token) => {
      file.recheck(token);
    },
  };
}

/**
 * Checks the file instead of watching it: Kubernetes swaps a link two folders up, which a watcher of the file does not
 * notice, and a watcher keeps the process alive. A check takes microseconds, so it is synchronous and no call has to wait.
 */
class TokenFile {
  #held: AccessToken | undefined;
  #version: string | undefined;
  #failure: Error | undefined;
  #nextCheck = -Infinity;

  constructor(private readonly path: string) {}

  /** @throws Error if there is no valid token */
  get token(): AccessToken {
    // Not the wall clock: if that were set back, the next check would be far away.
    const now = performance.now();
    if (now >= this.#nextCheck) {
      this.#nextCheck = now + PAUSE;
      this.#check();
    }
    if (this.#held && timeLeft(this.#held) > 0) return this.#held;
    throw this.#noTokenError();
  }

  /** Makes the next call read the file, if `token` is the one in use. */
  recheck(token: string): void {
    if (this.#held?.token !== token) return;
    this.#nextCheck = -Infinity;
    this.#version = undefined;
  }

  #check(): void {
    try {
      const stats = statSync(this.path);
      const version = versionOf(stats);
      const isNearExpiry = this.#held !== undefined && timeLeft(this.#held) < NEAR_EXPIRY;
      this.#failure = undefined;
      if (version === this.#version && !isNearExpiry) return;
      this.#replace(read(this.path, stats));
      // The version from before the read: a write during the read is noticed at the next check.
      this.#version = version;
    } catch (thrown) {
      this.#failure = toError(thrown);
      tokenFailed('fileToken', this.#failure);
    }
  }

  #replace(token: AccessToken): void {
    if (token.token === this.#held?.token) return;
    const isHeldValid = this.#held !== undefined && timeLeft(this.#held) > 0;
    if (isHeldValid && timeLeft(token) <= 0) throw new Error(`its token expired at ${expiryOf(token)}`);
    tokenArrived('fileToken', token, { isFirst: !this.#held, now: Date.now() });
    this.#held = token;
  }

  #noTokenError(): Error {
    const { path } = this;
    if (!this.#held) return new Error(`no token could be read from ${path}: ${reasonOf(this.#failure)}`);
    const expiry = expiryOf(this.#held);
    if (!this.#failure) return new Error(`the token in ${path} expired at ${expiry}, and there is no newer one`);
    const since = `the last one read from it expired at ${expiry}`;
    return new Error(`no token could be read from ${path}: ${reasonOf(this.#failure)}; ${since}`);
  }
}

/** Milliseconds. A token of unknown expiry is used until there is another. */
function timeLeft({ expiresAt = Infinity }: AccessToken): number {
  return expiresAt - Date.now();
}

function expiryOf({ expiresAt = 0 }: AccessToken): string {
  return new Date(expiresAt).toISOString();
}

function versionOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join();
}

/** The errors thrown here never quote the content of the file. */
function read(path: string, stats: Stats): AccessToken {
  // A pipe would block the process, and a device may be endless.
  if (!stats.isFile()) throw new Error('it is not a regular file');
  if (stats.size > MAX_SIZE) throw new Error(`it has ${stats.size} bytes, too many for a token`);
  const token = readFileSync(path, 'utf8').trim();
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) throw new Error(`its content ${complaint}`);
  return { token, expiresAt: jwtExpiry(token) };
}

/** The code of a system error is enough; its message repeats the path. */
function reasonOf(error: NodeJS.ErrnoException | undefined): string {
  return error?.code ?? error?.message ?? 'it was never checked';
}
