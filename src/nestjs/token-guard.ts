import {
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { authentication, type Authenticator } from '../server/authentication';
import { inboundRequestId } from '../server/enter-context';
import type { VerifyTokenOptions } from '../tokens/jwt/verify-token';
import { rawOf, type PlatformRequest, type PlatformResponse } from './platform';
import { blameCaller } from '../stack/blame-caller';

/** The injection token for the options of a TokenGuard that Nest creates. */
export const TOKEN_GUARD_OPTIONS = 'HTTP_CLIENT_TOKEN_GUARD_OPTIONS';

const PUBLIC = '@hdms/http-client/public';

/** Opens a route, or all routes of a controller, to callers without a token. */
export function Public(): CustomDecorator {
  return SetMetadata(PUBLIC, true);
}

/**
 * Accepts only requests with a valid bearer token, and sets `request.auth` to its claims. Others get a 401.
 *
 * @see RFC 6750; RFC 7519, section 7.2
 */
@Injectable()
export class TokenGuard implements CanActivate {
  readonly #authenticate: Authenticator;
  readonly #reflector = new Reflector();

  /** Takes the options of `verifyToken`. @throws TypeError or RangeError if an option is missing or wrong */
  constructor(@Inject(TOKEN_GUARD_OPTIONS) options: VerifyTokenOptions) {
    this.#authenticate = blameCaller([TokenGuard, new.target], () => authentication(options));
  }

  /**
   * Called by Nest for each request: verifies its token, and sets `request.auth`.
   *
   * @throws UnauthorizedException if the bearer token is missing or not valid; RequestException if the key set cannot be
   * fetched; TypeError if the handler is not an HTTP route
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.#reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets) === true) return true;
    if (context.getType() !== 'http') {
      throw new TypeError(`TokenGuard only supports HTTP, and cannot authenticate a call over ${context.getType()}`);
    }
    const http = context.switchToHttp();
    const request = http.getRequest<PlatformRequest>();
    const response = http.getResponse<PlatformResponse>();
    const outcome = await this.#authenticate(request.headers.authorization, inboundRequestId(rawOf(response)));
    if (outcome.claims) {
      request.auth = outcome.claims;
      return true;
    }
    const { headers, body } = outcome.response;
    for (const [name, value] of Object.entries(headers)) {
      // Nest sends exceptions as application/json, and warns about any other type.
      if (name !== 'Content-Type') response.header(name, value);
    }
    // Thrown instead of sent, so that the service's own filters see it.
    throw new UnauthorizedException(body, { cause: outcome.error });
  }
}
