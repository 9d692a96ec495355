/** Error handlers that do not tell the caller when a retry is pointless. */
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ErrorRequestHandler, Response } from 'express';
import { isRequestException, RequestException } from '@hdms/http-client';

export const ownErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (isRequestException(error)) response.status(502).end();
  else next(error);
};

@Catch(RequestException)
export class OwnFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().status(502).end();
  }
}
