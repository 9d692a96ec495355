/** Characters of a URL in messages and log lines. Of what is longer, a log collector cuts the line, or drops it. */
const MAX_URL = 2000;

export function cutURL(url: string): string {
  return cut(url, MAX_URL);
}

/** The text, with an ellipsis in place of what is longer. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
