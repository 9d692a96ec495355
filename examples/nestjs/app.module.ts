import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { HTTPClientModule, TokenGuard, UpstreamExceptionFilter } from '@hdms/http-client/nestjs';
import { HealthController } from './health.controller';
import { OrdersController } from './orders.controller';
import { Settings, SettingsModule } from './settings';
import { UsersService } from './users.service';

/** The orders service: every request carries a token, and most need a call to the users service. */
@Module({
  imports: [
    SettingsModule,
    TerminusModule.forRoot({ logger: false }),
    // The options that all clients share. The module also enters the context of every request.
    HTTPClientModule.forRoot({
      timeout: 1,
      retryAttempts: 2,
      retry: { base: 0.05 },
      context: { forward: ['X-Tenant'] },
      // A page that shows the calls, for those who work on this machine; the log has its address.
      inspector: process.env['NODE_ENV'] !== 'production',
    }),
    HTTPClientModule.forFeatureAsync([
      { name: 'users', inject: [Settings], useFactory: ({ usersURL }: Settings) => ({ baseURL: usersURL }) },
    ]),
  ],
  controllers: [OrdersController, HealthController],
  providers: [
    UsersService,
    {
      provide: APP_GUARD,
      inject: [Settings],
      useFactory: ({ issuer, keysURL }: Settings) => {
        return new TokenGuard({ jwks: keysURL, issuer, audience: 'orders-service' });
      },
    },
    // A customer that the users service does not know is unknown here too: 404 is passed through.
    { provide: APP_FILTER, useValue: new UpstreamExceptionFilter({ passThrough: [404] }) },
  ],
})
export class AppModule {}
