/**
 * A function that remembers its latest result, for an argument that is nearly always the one before: a content type, or a
 * base URL. Cheaper than to work it out, and than a table.
 */
export function rememberLatest<Result>(of: (text: string) => Result): (text: string) => Result {
  let latest: { readonly text: string; readonly result: Result } | undefined;
  return (text) => {
    if (latest?.text !== text) latest = { text, result: of(text) };
    return latest.result;
  };
}
