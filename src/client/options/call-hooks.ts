import { kindOf } from '../../checks/kind-of';
import { checkNames } from '../../checks/names';
import { retryCounterpart } from '../../checks/other-clients';
import { RETRY_OPTIONS } from '../../resilience/retry-options';
import { checkHooks, RETRY_HOOKS } from '../../resilience/retry-hooks';

const HOOKS: ReadonlySet<string> = new Set(RETRY_HOOKS);
const OF_CLIENT: ReadonlySet<string> = new Set(RETRY_OPTIONS.filter((name) => !HOOKS.has(name)));

/** @throws TypeError that says where the other retry options go, if `retry` of a call is not an object of hooks */
export function checkCallHooks(retry: unknown): void {
  if (typeof retry !== 'object' || retry === null) {
    const advice = '`retryAttempts` sets the number of retries';
    throw new TypeError(`Option \`retry\` of a call must be an object, got ${kindOf(retry)}: ${advice}`);
  }
  const ofClient = Object.keys(retry).find((name) => OF_CLIENT.has(name));
  if (ofClient !== undefined) {
    const advice = `\`${ofClient}\` belongs to the client, \`new HTTPClient({ retry: { ${ofClient} } })\``;
    throw new TypeError(`Option \`retry\` of a call takes \`when\` and \`onRetry\` only: ${advice}`);
  }
  checkNames('`retry` option of a call', retry, HOOKS, retryCounterpart);
  checkHooks(retry);
}
