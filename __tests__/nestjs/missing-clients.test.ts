import { Controller, Injectable, Module, type Type } from '@nestjs/common';
import type { HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { create } from './running-app';

@Controller('misspelt')
class MisspeltController {
  constructor(@InjectHTTPClient('accuonts') readonly accounts: HTTPClient) {}
}

@Injectable()
class Strange {
  @InjectHTTPClient('elsewhere') readonly client!: HTTPClient;
}

@Controller('right')
class RightController {
  constructor(@InjectHTTPClient('accounts') readonly accounts: HTTPClient) {}
}

const MODULES = [HTTPClientModule.forRoot({ token: null }), HTTPClientModule.forFeature([{ name: 'accounts' }])];

async function failureOf(controllers: Type[], providers: Type[] = []): Promise<string> {
  return create({ imports: MODULES, controllers, providers }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
}

test('a misspelt name is told with the class, the names that exist, and the nearest of them', async () => {
  const failure = await failureOf([MisspeltController]);

  expect(failure).toMatch(
    /^MisspeltController injects the HTTP client 'accuonts', which no forFeature\(\) provides\. Known: default, .*\baccounts\b/,
  );
  expect(failure).toMatch(/ Did you mean 'accounts'\?$/);
});

test('so is one in a field, without a hint if no name is near', async () => {
  const failure = await failureOf([], [Strange]);

  expect(failure).toMatch(/injects the HTTP client 'elsewhere', which no forFeature\(\) provides\. Known: [\w, -]+\.$/);
});

test('a class of another application with a misspelt name changes nothing', async () => {
  await expect(failureOf([RightController])).resolves.toBe('');
});

test('a name of another module is explained by Nest: it is the import that is missing', async () => {
  @Module({ controllers: [RightController] })
  class WithoutImport {}

  const failure = await create({ imports: [WithoutImport, ...MODULES] }).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );

  expect(failure).toContain('"HTTPClient:accounts" at index [0] is available in the WithoutImport module');
});

test('a client that the application provides itself is found', async () => {
  @Controller('own')
  class OwnController {
    constructor(@InjectHTTPClient('of-my-own') readonly client: HTTPClient) {}
  }
  const own = { provide: getHTTPClientToken('of-my-own'), useValue: 'a client' };

  const app = await create({ imports: MODULES, controllers: [OwnController], providers: [own] });

  expect(app.get(OwnController).client).toBe('a client');
});
