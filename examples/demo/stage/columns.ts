/** Text in 80 columns: paragraphs, and rows of a label and two cells. */
import { paint, type Style } from './paint';

const WIDTH = 80;
const INDENT = '  ';
/** Columns of a label and the two cells. */
const LABEL = 25;
const LEFT = 27;
const RIGHT = 26;

/** Styles of the two cells of a row. */
export type Styles = readonly [left?: Style, right?: Style];

/** Stands between words that are better kept together. */
export const NO_BREAK = '\u00a0';

/** `text` in lines of at most `width` characters. Words that are longer are cut. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width).map((part) => part.replaceAll(NO_BREAK, ' ')));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

export function paragraph(text: string, style?: Style): string {
  return wrap(text, WIDTH - INDENT.length)
    .map((line) => INDENT + (style ? paint(style, line) : line))
    .join('\n');
}

export function row(label: string, left: string, right: string, styles: Styles = []): string {
  const cells = [wrap(label, LABEL - 1), wrap(left, LEFT - 2), wrap(right, RIGHT)] as const;
  const lines = Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, index) => {
    const [name = '', one = '', other = ''] = cells.map((cell) => cell[index] ?? '');
    return [
      INDENT + paint('dim', name) + ' '.repeat(LABEL - name.length),
      cellOf(one, styles[0]) + ' '.repeat(LEFT - one.length),
      cellOf(other, styles[1]),
    ].join('');
  });
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** A label, and text beside it. */
export function fact(label: string, text: string): string {
  return wrap(text, WIDTH - INDENT.length - LABEL)
    .map(
      (line, index) =>
        INDENT + paint('bold', index === 0 ? label : '') + ' '.repeat(LABEL - (index === 0 ? label.length : 0)) + line,
    )
    .join('\n');
}

/** A line across the page with a title in it. */
export function rule(title: string): string {
  return paint('bold', `── ${title} ${'─'.repeat(Math.max(0, WIDTH - 4 - title.length))}`);
}

function cellOf(text: string, style: Style | undefined): string {
  return style ? paint(style, text) : text;
}
