import type { DynamicModule } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { HTTPClientModule } from '../../src/nestjs/index';
import { start } from './running-app';

test.each<[string, DynamicModule[]]>([
  [
    "'default' would be created for each request, because the options of forRootAsync() depend",
    [HTTPClientModule.forRootAsync({ inject: [REQUEST], useFactory: () => ({}) })],
  ],
  [
    "'tenant' would be created for each request, because the options of forFeatureAsync() depend",
    [
      HTTPClientModule.forRoot(),
      HTTPClientModule.forFeatureAsync([{ name: 'tenant', inject: [REQUEST], useFactory: () => ({}) }]),
    ],
  ],
])('the start stops where the client %s', async (message, imports) => {
  await expect(start({ imports })).rejects.toThrow(message);
});
