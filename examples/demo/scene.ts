import { isRequestException } from '@hdms/http-client';
import { NO_BREAK } from './stage/columns';
import type { Stage } from './stage/stage';

/** Something that goes wrong between services, once with each client. */
export interface Scene {
  readonly title: string;
  /** What the services do, in two or three sentences. */
  readonly story: string;
  /** Prints what happens, and returns the row of the table at the end. */
  readonly play: (stage: Stage) => Promise<Result>;
  /** What axios does well here, or what it takes to do the same by hand. */
  readonly fair: string;
  /** The page that explains it. */
  readonly page: string;
}

/** The essence of a scene. */
export interface Result {
  readonly about: string;
  readonly axios: string;
  readonly ours: string;
}

/** What the caller gets from a call: a status, or an error. */
export async function outcomeOf(call: Promise<{ readonly status: number }>): Promise<string> {
  try {
    return String((await call).status);
  } catch (error) {
    if (isRequestException(error)) return `${error.name} ${error.status ?? error.code}`;
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** The source of a call, so that what is printed is what runs. */
export function sourceOf(call: (...args: never[]) => unknown): string {
  return String(call)
    .replace(/^(async )?\([^)]*\) => /, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{[^{}]*\}/g, (braces) => braces.replaceAll(' ', NO_BREAK));
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
