import { readFileSync, statSync, type Stats } from 'node:fs';
import { inspect } from 'node:util';
import { toError } from '../../util/is-error';
import { tokenComplaint } from '../../checks/token';
import { jwtExpiry } from '../jwt/jwt-expiry';
import type { AccessToken, TokenSource } from './token-source';

/** Milliseconds between two looks at the file. */
const PAUSE = 1000;
/** Milliseconds before its end from which a token is read anew at each look, whatever the file system says of its age. */
const NEAR_EXPIRY = 30_000;
/** Bytes. */
const MAX_SIZE = 64 * 1024;

/**
 * The token that a file holds, as Kubernetes projects it for a service account. The file is looked at when a token is asked
 * for, once a second at most. One that cannot be read leaves the last good token in use until that ends.
 *
 * @param path of a file with the token and nothing else but white space around it
 * @throws TypeError if `path` is no path
 */
export function fileToken(path: string): TokenSource {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`fileToken takes the path of a file, got ${inspect(path, { depth: 0 })}`);
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
 * Looks at the file instead of watching it: Kubernetes swaps a link two folders up, of which a watcher of the file is not
 * told, and a watcher keeps the process alive. A look takes microseconds, so that a call does not have to wait for it.
 */
class TokenFile {
  #held: AccessToken | undefined;
  #version: string | undefined;
  #failure: Error | undefined;
  #nextCheck = -Infinity;

  constructor(private readonly path: string) {}

  get token(): AccessToken {
    // Not on the wall clock: if that is set back, the next look would be far away.
    const now = performance.now();
    if (now >= this.#nextCheck) {
      this.#nextCheck = now + PAUSE;
      this.#check();
    }
    if (this.#held && timeLeft(this.#held) > 0) return this.#held;
    throw this.#noTokenError();
  }

  /** The next call looks at the file again, if it is `token` that is in use. */
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
      this.#held = read(this.path, stats);
      // Of before it was read: what is written meanwhile is noticed at the next look.
      this.#version = version;
    } catch (thrown) {
      this.#failure = toError(thrown);
    }
  }

  #noTokenError(): Error {
    const { path } = this;
    if (!this.#held) return new Error(`no token could be read from ${path}: ${reasonOf(this.#failure)}`);
    const expiry = new Date(this.#held.expiresAt ?? 0).toISOString();
    if (!this.#failure) return new Error(`the token in ${path} ended at ${expiry}, and there is no newer one`);
    const since = `the last one read from it ended at ${expiry}`;
    return new Error(`no token could be read from ${path}: ${reasonOf(this.#failure)}; ${since}`);
  }
}

/** Milliseconds. What does not say when it ends is used for as long as there is nothing else. */
function timeLeft({ expiresAt = Infinity }: AccessToken): number {
  return expiresAt - Date.now();
}

function versionOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join();
}

/** No error of its own quotes what stands in the file. */
function read(path: string, stats: Stats): AccessToken {
  // A pipe would block the process, and a device may have no end.
  if (!stats.isFile()) throw new Error('it is no regular file');
  if (stats.size > MAX_SIZE) throw new Error(`it has ${stats.size} bytes, which no token has`);
  const token = readFileSync(path, 'utf8').trim();
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) throw new Error(`what it holds ${complaint}`);
  return { token, expiresAt: jwtExpiry(token) };
}

/** The code of a system error says all; its text names the path once more. */
function reasonOf(error: NodeJS.ErrnoException | undefined): string {
  return error?.code ?? error?.message ?? 'it was never looked at';
}
