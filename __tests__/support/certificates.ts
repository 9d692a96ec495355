import { generate } from 'selfsigned';

/** A private key and its certificate, in PEM format, as a TLS server takes them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const made = new Map<string, Promise<Certificate>>();

/** A certificate for `host` that is signed with its own key; whoever takes it for a CA trusts it. Made once a test file. */
export async function certificateFor(host: string): Promise<Certificate> {
  const known = made.get(host) ?? make(host);
  made.set(host, known);
  return known;
}

async function make(host: string): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }] },
    ],
  });
  return { key, cert };
}
