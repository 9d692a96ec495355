import type { TokenSource } from './token-source';

/** Environment variables that hold a token, in order of priority. @see contract, "Token Source Priority" */
const NAMES = ['SERVICE_AUTH_TOKEN', 'AUTH_TOKEN'];

/** The token from the environment. It is read at each call, so changes apply; an empty variable counts as unset. */
export function envToken(env: NodeJS.ProcessEnv = process.env): TokenSource {
  return {
    getToken: () =>
      NAMES.map((name) => (Object.hasOwn(env, name) ? env[name] : undefined)).find(
        (value) => value !== undefined && value !== '',
      ),
  };
}
