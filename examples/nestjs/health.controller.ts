import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { HTTPClientHealth, Public } from '@hdms/http-client/nestjs';

/** Open to all: who watches over us has no token. */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HTTPClientHealth) private readonly clients: HTTPClientHealth,
  ) {}

  /** Restarting us does not mend the users service, so this says nothing of it. */
  @Get('live')
  live(): unknown {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.clients.check('users')]);
  }
}
