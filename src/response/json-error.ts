const SPACE = /[ \t\n\r]*/y;

/** A JSON token at the cursor, of a string its opening quote; numbers as RFC 8259 writes them. */
const TOKEN = /([{}[\]:,])|(")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Characters of a string as RFC 8259 writes them; a few at a time, for a long match would exhaust the stack. */
const CHARACTERS = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})){0,1000}/uy;

/**
 * Offset of the first token at which `text` stops being JSON; its length where it ends too early.
 * Node tells the offset for some mistakes only, and in words that change with its version.
 */
export function findJSONError(text: string): number {
  const open: string[] = [];
  let expected = 'value';
  let cursor = 0;
  for (;;) {
    SPACE.lastIndex = cursor;
    SPACE.test(text);
    const start = (TOKEN.lastIndex = SPACE.lastIndex);
    const token = TOKEN.exec(text);
    const isString = token?.[2] !== undefined;
    const end = isString ? endOfString(text, TOKEN.lastIndex) : TOKEN.lastIndex;
    const next = token && end && step(expected, token[1] ?? 'scalar', isString, open);
    if (!next) return start;
    expected = next;
    cursor = end;
  }
}

/** Offset after the closing quote; `undefined` where the string does not end. */
function endOfString(text: string, start: number): number | undefined {
  let cursor = start;
  for (;;) {
    CHARACTERS.lastIndex = cursor;
    CHARACTERS.test(text);
    if (CHARACTERS.lastIndex === cursor) return text[cursor] === '"' ? cursor + 1 : undefined;
    cursor = CHARACTERS.lastIndex;
  }
}

/** What may follow `token` where `expected` may stand; `undefined` where it may not stand. */
function step(expected: string, token: string, isString: boolean, open: string[]): string | undefined {
  const isValue = expected === 'value' || expected === 'value or ]';
  if (token === 'scalar') {
    if (isValue) return open.length > 0 ? 'comma or close' : 'end';
    return isString && expected.startsWith('key') ? 'colon' : undefined;
  }
  if (token === '{' || token === '[') {
    if (!isValue) return undefined;
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (token === ':') return expected === 'colon' ? 'value' : undefined;
  if (token === ',') {
    if (expected !== 'comma or close') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  return close(expected, token, open);
}

function close(expected: string, token: string, open: string[]): string | undefined {
  const opener = token === '}' ? '{' : '[';
  if (expected !== 'comma or close' && expected !== (token === '}' ? 'key or }' : 'value or ]')) return undefined;
  if (open.pop() !== opener) return undefined;
  return open.length > 0 ? 'comma or close' : 'end';
}
