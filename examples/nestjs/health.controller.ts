import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { HTTPClientHealth, Public } from '@hdms/http-client/nestjs';

/** Open to all, because probes have no token. */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HTTPClientHealth) private readonly clients: HTTPClientHealth,
  ) {}

  /** Restarting this service does not repair the users service, so liveness does not depend on it. */
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
