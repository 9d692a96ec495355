const COMPACT = /^[\w-]+\.([\w-]+)\.[\w-]*$/;

/** What a JWT says, whether or not its signature is right; nothing if the token is not a JWT. */
export function jwtClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(COMPACT.exec(token)?.[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
