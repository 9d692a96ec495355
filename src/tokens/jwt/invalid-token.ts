/** What is wrong with a token. */
export type InvalidTokenReason =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  | 'not-active'
  | 'audience'
  | 'issuer';

/**
 * A token that is not to be trusted. The message says why, and holds nothing of the token; fit for the
 * `error_description` of RFC 6750, section 3.
 */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';

  constructor(
    readonly reason: InvalidTokenReason,
    message: string,
  ) {
    super(message);
  }
}
