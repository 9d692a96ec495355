import { metrics } from '@opentelemetry/api';
import { CurrentMeter } from '../../src/opentelemetry/meter';
import { States } from '../../src/opentelemetry/states';
import { startSDK } from '../support/collected-metrics';

const meters: CurrentMeter[] = [];

afterEach(() => {
  for (const meter of meters.splice(0)) meter.stop();
});

function meterOf(states = new States()): CurrentMeter {
  const meter = new CurrentMeter(states);
  meters.push(meter);
  return meter;
}

/** With one token. */
function someStates(): States {
  const states = new States();
  states.token({ source: 'tokenService', event: 'fetched', expiresIn: 60 });
  return states;
}

test('without an SDK, there are no instruments', () => {
  expect(meterOf().instruments()).toBeUndefined();
});

test('the instruments are made once for an SDK', () => {
  startSDK();
  const meter = meterOf();

  expect(meter.instruments()).toBeDefined();
  expect(meter.instruments()).toBe(meter.instruments());
});

test('an SDK that is there already gets observables before the first message', async () => {
  const collected = startSDK();
  meterOf(someStates());

  expect(await collected.points('hdms.client.token.expires_in')).toHaveLength(1);
});

test('another SDK takes the place of the first, which hears no more', async () => {
  const first = startSDK();
  const states = someStates();
  const meter = meterOf(states);
  meter.instruments()?.refusals.add(1);
  metrics.disable();
  const second = startSDK();

  meter.instruments()?.refusals.add(1);
  states.token({ source: 'fileToken', event: 'fetched', expiresIn: 60 });

  expect(await first.points('hdms.client.refusals')).toMatchObject([{ value: 1 }]);
  expect(await first.points('hdms.client.token.expires_in')).toEqual([]);
  expect(await second.points('hdms.client.refusals')).toMatchObject([{ value: 1 }]);
  expect(await second.points('hdms.client.token.expires_in')).toHaveLength(2);
});

test('after the stop, nothing is observed', async () => {
  const collected = startSDK();
  const meter = meterOf(someStates());

  meter.stop();

  expect(await collected.names()).not.toContain('hdms.client.token.expires_in');
});
