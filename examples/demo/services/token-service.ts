import express, { type Request } from 'express';
import jwt from 'jsonwebtoken';
import { listen, type Listening } from '../../support/listen';
import type { Remark } from './remark';

/** The secrets by which the services trust each other. In production: a key pair, and a secret for each service. */
export const SIGNING_KEY = 'a key that only the services know';
export const ISSUER = 'token-service';
/** The audiences of its tokens. */
const AUDIENCE = ['user-service', 'ticket-service'];
export const CLIENT = { id: 'demo-gateway', secret: 'its secret' };
/** Seconds until a token expires. */
const LIFE = 5;

/** An OAuth 2.0 token endpoint. @see RFC 6749, section 4.4 */
export async function startTokenService(remark: Remark): Promise<Listening> {
  const app = express();
  app.post('/oauth/token', express.urlencoded({ extended: false }), (request: Request, response) => {
    const form = request.body as Readonly<Record<string, string>> | undefined;
    if (form?.['grant_type'] !== 'client_credentials') {
      response.status(400).json({ error: 'unsupported_grant_type' });
      return;
    }
    const id = clientOf(request.headers.authorization);
    if (id === undefined) {
      response.status(401).json({ error: 'invalid_client' });
      return;
    }
    remark('token-service', `signs a JWT for ${id}, good for ${LIFE} s`);
    response.json({ access_token: sign(id), token_type: 'Bearer', expires_in: LIFE });
  });
  return listen(app);
}

/** A token with `subject` as its subject. */
export function sign(subject: string): string {
  return jwt.sign({}, SIGNING_KEY, {
    algorithm: 'HS256',
    issuer: ISSUER,
    audience: AUDIENCE,
    subject,
    expiresIn: LIFE,
  });
}

/** The client to which id and secret belong. */
function clientOf(authorization = ''): string | undefined {
  const [, base64 = ''] = /^Basic (\S+)$/.exec(authorization) ?? [];
  const [id, secret] = Buffer.from(base64, 'base64').toString().split(':').map(decode);
  return id === CLIENT.id && secret === CLIENT.secret ? id : undefined;
}

/** RFC 6749, section 2.3.1: id and secret are form-encoded. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
