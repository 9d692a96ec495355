/** Why a token is not valid. */
export type InvalidTokenReason =
  | 'missing'
  | 'malformed'
  | 'type'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  | 'not-active'
  | 'audience'
  | 'issuer';

/**
 * A token that must not be trusted. The message gives the reason and contains nothing of the token, so it can be sent as
 * `error_description` (RFC 6750, section 3).
 */
export class InvalidToken extends Error {
  /** The name of the class, also in minified code. */
  override readonly name = 'InvalidToken';

  constructor(
    /** Why the token is not valid. */
    readonly reason: InvalidTokenReason,
    message: string,
  ) {
    super(message);
  }
}
