import type { TokenSource } from './token-source';

/** Environment variables that hold a token, first one first. @see contract, "Token Source Priority" */
const NAMES = ['SERVICE_AUTH_TOKEN', 'AUTH_TOKEN'];

/** The token of the environment, read at each call, so that a changed one is noticed. An empty variable counts as none. */
export function envToken(env: NodeJS.ProcessEnv = process.env): TokenSource {
  return {
    getToken: () => NAMES.map((name) => env[name]).find((value) => value !== undefined && value !== ''),
  };
}
