import { inspect } from 'node:util';
import { explainAbsent } from '../../src/checks/explain-absent';

class Client {
  readonly present = 1;
}
explainAbsent(Client.prototype, 'client', { defaults: 'use options' });

type Loose = Client & { defaults: unknown };

test('to read an absent member throws', () => {
  expect(() => (new Client() as Loose).defaults).toThrow(new TypeError('There is no client.defaults: use options'));
});

test('printing, copying and comparing do not read it', () => {
  const client = new Client();

  expect(inspect(client)).toBe('Client { present: 1 }');
  expect(Object.assign({}, client)).toEqual({ present: 1 });
  expect(Object.keys(client)).toEqual(['present']);
  expect(client).toEqual(new Client());
});

test('a subclass may define it as a field', () => {
  class Defined extends Client {
    readonly defaults = 2;
  }

  expect(new Defined().defaults).toBe(2);
});

test('so may one whose compiler assigns fields', () => {
  const client = new Client() as Loose;
  client.defaults = 2;

  expect(client.defaults).toBe(2);
  expect(Object.keys(client)).toEqual(['present', 'defaults']);
  expect(() => (new Client() as Loose).defaults).toThrow(TypeError);
});

test('so may one with a method', () => {
  class WithMethod extends Client {
    defaults(): number {
      return 3;
    }
  }

  expect(new WithMethod().defaults()).toBe(3);
});
