import { parseArguments } from '../../examples/demo/arguments';

test.each([
  [[], { kind: 'scenes', numbers: [1, 2, 3] }],
  [['3'], { kind: 'scenes', numbers: [3] }],
  [['3', '1'], { kind: 'scenes', numbers: [3, 1] }],
  [['--watch'], { kind: 'watch' }],
  [['--list'], { kind: 'list' }],
  [['--help'], { kind: 'help' }],
  [['-h'], { kind: 'help' }],
  [['4'], { kind: 'mistake', message: 'Scene 4 does not exist: there are scenes 1 to 3.' }],
  [['0'], { kind: 'mistake', message: 'Scene 0 does not exist: there are scenes 1 to 3.' }],
  [['1.5'], { kind: 'mistake', message: "Unknown argument '1.5'." }],
  [['2', '--wach'], { kind: 'mistake', message: "Unknown argument '--wach'." }],
  [['toString'], { kind: 'mistake', message: "Unknown argument 'toString'." }],
  [['--watch', '2'], { kind: 'mistake', message: '--watch must be the only argument.' }],
])('the demo of three scenes understands %j', (words, command) => {
  expect(parseArguments(words, 3)).toEqual(command);
});
