/** What this service has to be told from outside. */
export interface Settings {
  /** 0 takes one that is free. */
  readonly port: number;
  /** Origin of the users service. */
  readonly usersURL: string;
  /** Who signs the tokens of our callers, and where its keys are. */
  readonly issuer: string;
  readonly keysURL: string;
}

/** @throws Error that names the variable that is missing */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing`);
    return value;
  };
  return {
    port: Number(read('PORT')),
    usersURL: read('USERS_URL'),
    issuer: read('TOKEN_ISSUER'),
    keysURL: read('TOKEN_KEYS_URL'),
  };
}
