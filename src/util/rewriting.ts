/**
 * Characters that could rewrite what a terminal shows: controls, separators of lines, and those that turn the direction of text.
 *
 * @see Unicode Standard Annex #9, section 2, for the last
 */
export const REWRITING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** One line that shows what it contains. */
export function onOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').replace(REWRITING, '\ufffd');
}
