/** Characters of a text that are kept. */
const MOST = 8 * 1024;

/** A text that is too long to keep is cut. It is copied then: a part of a string keeps the whole in memory. */
export function shortened(text: string): string {
  if (text.length <= MOST) return text;
  return `${Buffer.from(text.slice(0, MOST)).toString()}… (${text.length} characters)`;
}
