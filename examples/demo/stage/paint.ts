import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

// `hasColors` knows NO_COLOR and terminals without colours.
const isColourful = process.stdout.isTTY && process.stdout.hasColors();

/** `text` in colour, if stdout is a terminal that supports it. */
export function paint(style: Style, text: string): string {
  return isColourful && text !== '' ? styleText(style, text) : text;
}
