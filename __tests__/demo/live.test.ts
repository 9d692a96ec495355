import { Live } from '../../examples/demo/stage/live';

const CLEAR = '\r\u001b[2K';

/** A stream that remembers what was written. */
class Paper {
  readonly columns = 30;
  readonly written: string[] = [];

  constructor(readonly isTTY: boolean) {}

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }
}

function liveOn(paper: Paper): Live {
  return new Live(paper, paper.isTTY);
}

test('a pipe gets lines and nothing else', () => {
  const paper = new Paper(false);
  const live = liveOn(paper);

  live.show(() => '3 requests', performance.now());
  live.print('a line');
  live.hide();

  expect(paper.written).toEqual(['a line\n']);
});

test('a terminal shows what is going on, cut to its width, and clears it before the next line', () => {
  const paper = new Paper(true);
  const live = liveOn(paper);

  live.show(() => 'requests received: 1000', performance.now());
  live.print('a line');
  live.hide();

  const [shown = '', cleared, line] = paper.written;
  expect(shown).toBe(`${CLEAR}  ⠋ 0.0 s  requests received:`);
  expect([cleared, line]).toEqual([CLEAR, 'a line\n']);
  expect(paper.written).toHaveLength(3);
});

test('the line is drawn again with what the text says by then, until it is hidden', () => {
  jest.useFakeTimers({ now: 0 });
  const paper = new Paper(true);
  const live = liveOn(paper);
  let count = 0;

  live.show(() => `${++count}`, performance.now());
  jest.advanceTimersByTime(250);
  live.hide();
  jest.advanceTimersByTime(1000);
  jest.useRealTimers();

  expect(paper.written.map((text) => text.replace(CLEAR, ''))).toEqual([
    '  ⠋ 0.0 s  1',
    '  ⠙ 0.1 s  2',
    '  ⠹ 0.2 s  3',
    '',
  ]);
});
