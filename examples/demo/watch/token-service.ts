import express, { type Request } from 'express';
import jwt from 'jsonwebtoken';
import { listen, type Listening } from '../../support/listen';

/** The secrets by which the services trust each other. In production: a key pair, and a secret for each service. */
export const SIGNING_KEY = 'a key that only the services know';
export const ISSUER = 'token-service';
export const AUDIENCE = 'desk-services';
export const CLIENT = { id: 'ticket-desk', secret: 'its secret' };
/** Seconds until a token expires. */
const LIFE = 5;

/** An OAuth 2.0 token endpoint. @see RFC 6749, section 4.4 */
export async function startTokenService(): Promise<Listening> {
  const app = express();
  app.post('/oauth/token', express.urlencoded({ extended: false }), (request: Request, response) => {
    const form = request.body as Readonly<Record<string, string>> | undefined;
    if (form?.['grant_type'] !== 'client_credentials') {
      response.status(400).json({ error: 'unsupported_grant_type' });
    } else if (!isOurClient(request.headers.authorization)) {
      response.status(401).json({ error: 'invalid_client' });
    } else {
      response.json({ access_token: sign(CLIENT.id), token_type: 'Bearer', expires_in: LIFE });
    }
  });
  return listen(app);
}

function sign(subject: string): string {
  const names = { issuer: ISSUER, audience: AUDIENCE, subject };
  return jwt.sign({}, SIGNING_KEY, { algorithm: 'HS256', expiresIn: LIFE, ...names });
}

function isOurClient(authorization = ''): boolean {
  const [, base64 = ''] = /^Basic (\S+)$/.exec(authorization) ?? [];
  const [id, secret] = Buffer.from(base64, 'base64').toString().split(':').map(decode);
  return id === CLIENT.id && secret === CLIENT.secret;
}

/** RFC 6749, section 2.3.1: id and secret are form-encoded. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
