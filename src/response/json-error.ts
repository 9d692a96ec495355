const SPACE = /[ \t\n\r]*/y;

/** A JSON token at the cursor; for a string, only its opening quote. @see RFC 8259 */
const TOKEN = /([{}[\]:,])|(")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Up to 1000 characters of a JSON string, because a longer match would exhaust the stack. @see RFC 8259, section 7 */
const CHARACTERS = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})){0,1000}/uy;

/**
 * Offset of the first token that makes `text` invalid JSON; its length if it ends too early.
 * Node reports the offset for only some errors, in messages that change between versions.
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

/** Offset after the closing quote; `undefined` if the string is invalid or does not end. */
function endOfString(text: string, start: number): number | undefined {
  let cursor = start;
  for (;;) {
    CHARACTERS.lastIndex = cursor;
    CHARACTERS.test(text);
    if (CHARACTERS.lastIndex === cursor) return text[cursor] === '"' ? cursor + 1 : undefined;
    cursor = CHARACTERS.lastIndex;
  }
}

/** What may follow `token` where `expected` is allowed; `undefined` if `token` is not allowed there. */
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
