/** The settings of this service, from the environment. */
export interface Settings {
  /** 0 for any free port. */
  readonly port: number;
  /** Origin of the users service. */
  readonly usersURL: string;
  /** The issuer of our callers' tokens, and the URL of its keys. */
  readonly issuer: string;
  readonly keysURL: string;
  /** The subject whose token opens the inspector. */
  readonly operator: string;
}

/** @throws Error that names the missing variable */
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
    operator: read('OPERATOR'),
  };
}
