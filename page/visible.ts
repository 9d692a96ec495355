/** Characters that are not seen, but change what is: controls except line breaks and tabs, and those that turn the direction of text. */
const HIDDEN = /[^\P{Cc}\n\t]|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A text as it is shown: it may come from somebody who wants to pass for another. */
export function visible(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}
