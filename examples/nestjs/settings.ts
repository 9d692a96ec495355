import { Global, Injectable, Module } from '@nestjs/common';

/** What this service has to be told from outside. */
@Injectable()
export class Settings {
  /** 0 takes one that is free. */
  readonly port = Number(read('PORT'));
  /** Origin of the users service. */
  readonly usersURL = read('USERS_URL');
  /** Who signs the tokens of our callers, and where its keys are. */
  readonly issuer = read('TOKEN_ISSUER');
  readonly keysURL = read('TOKEN_KEYS_URL');
}

@Global()
@Module({ providers: [Settings], exports: [Settings] })
export class SettingsModule {}

/** @throws Error that names the variable that is missing */
function read(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing`);
  return value;
}
