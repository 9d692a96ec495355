import { inspect } from 'node:util';
import { NestRecord } from '../../src/logging/nest-record';

const record = new NestRecord('warn', { requestId: 'edge-1', status: undefined }, 'failed', 'failed (request edge-1)');

test('is the text where text is written', () => {
  expect(String(record)).toBe('failed (request edge-1)');
  expect(`a call: ${record as unknown as string}`).toBe('a call: failed (request edge-1)');
  expect(inspect(record)).toBe('failed (request edge-1)');
  expect(inspect(record, { depth: 5 })).toBe('failed (request edge-1)');
  expect(inspect(record, { depth: null })).toBe('failed (request edge-1)');
});

test('has the colour of its level where there are colours', () => {
  expect(inspect(record, { colors: true })).toBe('\x1B[33mfailed (request edge-1)\x1B[39m');
});

test('is fields where they are written, copied or nested', () => {
  const fields = { message: 'failed', requestId: 'edge-1' };

  expect(JSON.parse(JSON.stringify(record))).toEqual(fields);
  expect(Object.assign({}, record)).toEqual(fields);
  expect(inspect({ message: record })).toBe(inspect({ message: fields }));
});

test('a field may have the name of the message', () => {
  expect(JSON.stringify(new NestRecord('info', { message: 'own' }, 'done', 'done'))).toBe('{"message":"own"}');
});
