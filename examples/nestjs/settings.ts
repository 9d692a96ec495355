import { Global, Injectable, Module } from '@nestjs/common';

/** The settings of this service, from the environment. */
@Injectable()
export class Settings {
  /** 0 for any free port. */
  readonly port = Number(read('PORT'));
  /** Origin of the users service. */
  readonly usersURL = read('USERS_URL');
  /** The issuer of our callers' tokens, and the URL of its keys. */
  readonly issuer = read('TOKEN_ISSUER');
  readonly keysURL = read('TOKEN_KEYS_URL');
}

@Global()
@Module({ providers: [Settings], exports: [Settings] })
export class SettingsModule {}

/** @throws Error that names the missing variable */
function read(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing`);
  return value;
}
