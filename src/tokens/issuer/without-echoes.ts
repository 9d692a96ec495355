import { maskEchoes } from '../../util/echoes';
import { isSecretName } from '../../util/redact';

/** What an issuer was sent. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** The body of an error response without the secrets of its request: an issuer may quote what it refuses. */
export function withoutEchoes(data: unknown, sent: Sent): unknown {
  const secrets = secretsOf(sent);
  const mask = (text: string): string => maskEchoes(text, secrets);
  if (typeof data !== 'object' || data === null) return typeof data === 'string' ? mask(data) : data;
  try {
    return JSON.parse(JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? mask(value) : value)));
  } catch {
    // Nested too deep.
    return undefined;
  }
}

function secretsOf({ headers, data }: Sent): readonly string[] {
  const form = [...new URLSearchParams(data)].filter(([name]) => isSecretName(name) && !/_(?:type|use)$/.test(name));
  const [, basic = ''] = headers['Authorization']?.split(' ') ?? [];
  const [, password = ''] = Buffer.from(basic, 'base64').toString().split(':');
  // Form-encoded. @see RFC 6749, section 2.3.1
  return [basic, password, ...new URLSearchParams(`=${password}`).values(), ...form.map(([, value]) => value)];
}
