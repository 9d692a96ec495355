import { Scope, type FactoryProvider } from '@nestjs/common';
import { INQUIRER } from '@nestjs/core';
import { nearest } from '../checks/names';
import { INJECTED, PROVIDED, tokenOf } from './client-token';

/**
 * Providers for names that classes inject and that no module provides, such as misspelt ones: Nest's own message would not tell
 * which names exist. Nest creates a transient provider only for a class that injects it.
 */
export function missingClients(): FactoryProvider[] {
  return [...INJECTED].filter((name) => !PROVIDED.has(name)).map(missingClient);
}

function missingClient(name: string): FactoryProvider {
  return {
    provide: tokenOf(name),
    scope: Scope.TRANSIENT,
    inject: [INQUIRER],
    useFactory: (inquirer: object | undefined) => {
      const meant = nearest(name, PROVIDED);
      const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
      throw new Error(
        `${inquirer?.constructor.name ?? 'A class'} injects the HTTP client '${name}', which no forFeature() provides. ` +
          `Known: ${[...PROVIDED].join(', ')}.${hint}`,
      );
    },
  };
}
