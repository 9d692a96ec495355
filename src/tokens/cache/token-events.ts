import type { AttemptState } from '../../call/attempt-state';
import { isRequestException } from '../../errors/guards';
import { tokenEvent } from '../../events/channels';
import type { TokenSourceKind } from '../../events/messages';
import { ErrorView } from '../../events/outcome-views';
import { publishToken } from '../../events/publish';
import type { HTTPError } from '../../errors/exceptions';
import { oauthErrorOf, tokenFailure } from '../issuer/token-failure';
import { jwtExpiry } from '../../util/jwt-expiry';
import { textOfToken, type AccessToken } from '../sources/token-source';

/** By the object that a source returns: a token may come through `firstOf`, `perHost` or a function of the user. */
const KINDS = new WeakMap<AccessToken, TokenSourceKind>();

/** How a source has got a token. Times are in milliseconds. */
interface Arrival {
  readonly isFirst: boolean;
  /** Since the epoch. */
  readonly now: number;
  /** How long the request took; absent if there was none. */
  readonly took?: number | undefined;
}

/** A source has another token from now on. */
export function tokenArrived(source: TokenSourceKind, token: AccessToken, { isFirst, now, took }: Arrival): void {
  KINDS.set(token, source);
  if (!tokenEvent.hasSubscribers) return;
  const event = isFirst ? 'fetched' : 'renewed';
  publishToken({ source, event, elapsed: inSeconds(took), expiresIn: secondsLeft(token.expiresAt, now) });
}

/** @param took how long it took, in milliseconds; absent if nobody was asked */
export function tokenFailed(source: TokenSourceKind, thrown: unknown, took?: number): void {
  if (!tokenEvent.hasSubscribers) return;
  const failure = tokenFailure(thrown);
  const error = isRequestException(failure.cause) ? failure.cause : failure;
  const wasSent = error.attempts.length > 0;
  publishToken({
    source,
    event: 'failed',
    elapsed: wasSent ? inSeconds(took) : undefined,
    error: new ErrorView(error),
    oauthError: oauthErrorOf(failure.cause),
  });
}

/** A service has rejected the token of an attempt. */
export function tokenRefused(attempt: Pick<AttemptState, 'sourceToken'>, error: HTTPError): void {
  if (!tokenEvent.hasSubscribers) return;
  const token = attempt.sourceToken?.();
  const source = (typeof token === 'object' ? KINDS.get(token) : undefined) ?? 'custom';
  const expiresAt = typeof token === 'object' ? token.expiresAt : undefined;
  const expiresIn = secondsLeft(expiresAt ?? jwtExpiry(String(textOfToken(token))), Date.now());
  publishToken({ source, event: 'refused', expiresIn, error: new ErrorView(error) });
}

function secondsLeft(expiresAt: number | undefined, now: number): number | undefined {
  return expiresAt === undefined ? undefined : inSeconds(expiresAt - now);
}

function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds) / 1000;
}
