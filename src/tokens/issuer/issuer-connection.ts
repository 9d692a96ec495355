import { X509Certificate } from 'node:crypto';
import { Agent as HTTPAgent } from 'node:http';
import { Agent as HTTPSAgent } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { kindOf, kindOfUnlike } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkBoolean } from '../../checks/values';

/** How an issuer is reached. */
export interface IssuerConnectionOptions {
  /**
   * Certificates of the authorities that may have issued the certificate of the issuer, in PEM. Not together with
   * `httpsAgent`. @default those that Node trusts
   */
  readonly ca?: SecureContextOptions['ca'];
  /** Agent for an issuer with `http:`; the client does not close it. @default an agent of the source's own */
  readonly httpAgent?: HTTPAgent | undefined;
  /** Agent for an issuer with `https:`; the client does not close it. @default an agent of the source's own */
  readonly httpsAgent?: HTTPSAgent | undefined;
  /** Whether `HTTP_PROXY` and similar variables apply. @default false */
  readonly trustEnv?: boolean | undefined;
}

/** Names of the options above. */
export const ISSUER_CONNECTION_OPTIONS = [
  'ca',
  'httpAgent',
  'httpsAgent',
  'trustEnv',
] as const satisfies readonly (keyof IssuerConnectionOptions)[];

/** The options, checked. */
export interface IssuerConnection {
  readonly agents: { readonly httpAgent?: HTTPAgent; readonly httpsAgent?: HTTPSAgent };
  readonly trustEnv: boolean;
}

/**
 * Checks the options.
 *
 * @param owner names the options in errors
 * @throws TypeError if one is wrong
 */
export function issuerConnection(owner: string, options: IssuerConnectionOptions): IssuerConnection {
  const { ca, httpAgent, httpsAgent, trustEnv = false } = options;
  checkBoolean(`${owner}.trustEnv`, trustEnv);
  checkAgent(`${owner}.httpAgent`, httpAgent);
  checkAgent(`${owner}.httpsAgent`, httpsAgent);
  const secure = ca === undefined ? httpsAgent : agentFor(owner, ca, httpsAgent);
  return { agents: { ...(httpAgent && { httpAgent }), ...(secure && { httpsAgent: secure }) }, trustEnv };
}

function agentFor(
  owner: string,
  ca: NonNullable<SecureContextOptions['ca']>,
  given: HTTPSAgent | undefined,
): HTTPSAgent {
  if (given) throw new TypeError(`${owner} takes either \`ca\` or \`httpsAgent\`, not both`);
  try {
    // TLS ignores what it cannot read.
    for (const one of [ca].flat()) new X509Certificate(one);
  } catch {
    const must = 'be a certificate in PEM, as a string or bytes, or a list of these';
    throw wrongOption(`${owner}.ca`, must, kindOfUnlike(ca));
  }
  // Tokens are requested too rarely to keep connections open, and nobody would close them.
  return new HTTPSAgent({ ca });
}

/** Agents of other packages extend Node's. */
function checkAgent(name: string, agent: unknown): void {
  if (agent === undefined || agent instanceof HTTPAgent) return;
  throw wrongOption(name, 'be an agent of node:http or node:https', kindOf(agent));
}
