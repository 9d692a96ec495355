/** Milliseconds between two pictures of the line. */
const TICK = 100;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const CLEAR = '\r\u001b[2K';

/** Prints lines. On a terminal, the line below them shows what is going on; in a pipe it is left out. */
export class Live {
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly out: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stdout,
    private readonly isTerminal = out.isTTY && process.env['TERM'] !== 'dumb',
  ) {}

  print(text = ''): void {
    this.#clear();
    this.out.write(`${text}\n`);
  }

  /** Shows `text()` until `hide()`, with the seconds since an instant of `performance.now()`. */
  show(text: () => string, startedAt: number): void {
    this.hide();
    if (!this.isTerminal) return;
    const draw = (): void => {
      const time = performance.now() - startedAt;
      const frame = FRAMES[Math.floor(time / TICK) % FRAMES.length] ?? '';
      // A longer line would be wrapped, and could not be cleared.
      const line = `  ${frame} ${(time / 1000).toFixed(1)} s  ${text()}`.slice(0, this.out.columns - 1);
      this.out.write(CLEAR + line);
      this.#isShown = true;
    };
    draw();
    this.#timer = setInterval(draw, TICK);
  }

  hide(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #clear(): void {
    if (this.#isShown) this.out.write(CLEAR);
    this.#isShown = false;
  }
}
