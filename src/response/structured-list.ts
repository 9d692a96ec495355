/** An item of a structured list; `value` and parameters are text, except numbers. */
export interface StructuredItem {
  readonly value: string | number;
  readonly parameters: Readonly<Record<string, string | number>>;
}

const KEY = '[a-z*][a-z\\d_.*-]*';
const NUMBER = '-?(?:\\d{1,12}\\.\\d{1,3}|\\d{1,15})(?![\\d.])';
const STRING = '"(?:[ !#-[\\]-~]|\\\\["\\\\])*"';
const DISPLAY_STRING = '%"(?:[ !#$&-~]|%[\\da-f]{2})*"';
const TOKEN = "[A-Za-z*][!#$%&'*+.^_`|~\\w:/-]*";
const OTHERS = `:[A-Za-z\\d+/=]*:|\\?[01]|@-?\\d{1,15}(?![\\d.])|${DISPLAY_STRING}`;

const VALUE = new RegExp(`(?<number>${NUMBER})|(?<string>${STRING})|${TOKEN}|${OTHERS}`, 'y');
const PARAMETER = new RegExp(`; *(?<key>${KEY})(?<equals>=)?`, 'y');
const COMMA = /[ \t]*,[ \t]*/y;

/**
 * The items of a header that is a structured list; `undefined` if it is malformed, or has inner lists.
 *
 * @see RFC 9651, section 4.2.1
 */
export function parseStructuredList(text: string): readonly StructuredItem[] | undefined {
  const scanner = new Scanner(text.replace(/^ +|(?<! ) +$/g, ''));
  const items: StructuredItem[] = [];
  while (!scanner.isAtEnd) {
    if (items.length > 0 && !scanner.take(COMMA)) return undefined;
    const item = readItem(scanner);
    if (!item) return undefined;
    items.push(item);
  }
  return items;
}

function readItem(scanner: Scanner): StructuredItem | undefined {
  const value = readValue(scanner);
  if (value === undefined) return undefined;
  const parameters = Object.create(null) as Record<string, string | number>;
  for (let found = scanner.take(PARAMETER); found; found = scanner.take(PARAMETER)) {
    const parameter = found.groups?.['equals'] === undefined ? '?1' : readValue(scanner);
    if (parameter === undefined) return undefined;
    parameters[String(found.groups?.['key'])] = parameter;
  }
  return { value, parameters };
}

function readValue(scanner: Scanner): string | number | undefined {
  const found = scanner.take(VALUE);
  if (!found) return undefined;
  const { number, string } = found.groups ?? {};
  if (number !== undefined) return Number(number);
  return string === undefined ? found[0] : string.slice(1, -1).replace(/\\(.)/g, '$1');
}

class Scanner {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.position = pattern.lastIndex;
    return found;
  }
}
