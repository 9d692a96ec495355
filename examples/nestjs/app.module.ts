import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { HTTPClientModule, TokenGuard, UpstreamExceptionFilter } from '@hdms/http-client/nestjs';
import { HealthController } from './health.controller';
import { OrdersController } from './orders.controller';
import { Settings, SettingsModule } from './settings';
import { UsersService } from './users.service';

/** The orders service: every request brings a token, and most need a word with the users service. */
@Module({
  imports: [
    SettingsModule,
    TerminusModule.forRoot({ logger: false }),
    // What all clients have in common; and with it every request is in its context.
    HTTPClientModule.forRoot({
      timeout: 1,
      retryAttempts: 2,
      retry: { base: 0.05 },
      context: { forward: ['X-Tenant'] },
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
    // A customer that the users service does not know is one that we do not know.
    { provide: APP_FILTER, useValue: new UpstreamExceptionFilter({ passThrough: [404] }) },
  ],
})
export class AppModule {}
