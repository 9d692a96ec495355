import assert from 'node:assert/strict';
import { test } from 'node:test';
import { middleOf, quantile, ratioOf, rounded, shuffled, spreadOf } from '../../bench/statistics.mjs';

test('a quantile lies between the two values beside it', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([10, 20, 30, 40, 50], 0.25), 20);
  assert.equal(quantile([7], 0.99), 7);
});

test('a spread is the lower quartile, the median and the upper quartile', () => {
  assert.deepEqual(spreadOf([50, 10, 30, 20, 40]), [20, 30, 40]);
  assert.equal(middleOf([20, 30, 40]), 30);
});

test('a single value has no quartiles', () => {
  assert.deepEqual(spreadOf([5]), [5]);
  assert.equal(middleOf([5]), 5);
});

test('ratios are taken within a round, so that a slow round does not change them', () => {
  const samples = {
    ours: [{ rate: 90 }, { rate: 9 }, { rate: 180 }],
    raw: [{ rate: 100 }, { rate: 10 }, { rate: 200 }],
  };

  assert.deepEqual(ratioOf(samples, 'ours', 'raw', 'rate'), [0.9, 0.9, 0.9]);
});

test('four significant digits are kept', () => {
  assert.equal(rounded(37912.4), 37910);
  assert.equal(rounded(0.123456), 0.1235);
  assert.equal(rounded(0), 0);
});

test('shuffled values are the same values', () => {
  const values = ['a', 'b', 'c', 'd'];

  assert.deepEqual(shuffled(values).sort(), values);
});
