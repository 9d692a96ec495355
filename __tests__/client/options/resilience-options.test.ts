import { CLIENT_OPTIONS } from '../../../src/client/options/option-names';
import { RESILIENCE_OPTIONS } from '../../../src/client/options/resilience-options';
import { takeResilience } from '../../../src/client/options/take-resilience';

test('each of these options is taken out of the others', () => {
  const taken = Object.keys(takeResilience({}).resilience);

  expect([...RESILIENCE_OPTIONS].sort()).toEqual(taken.sort());
});

test('a client knows each of them', () => {
  expect([...CLIENT_OPTIONS]).toEqual(expect.arrayContaining([...RESILIENCE_OPTIONS]));
});
