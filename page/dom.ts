import { visible } from './visible';

/** Attributes, listeners as `onclick`, and `style` as custom and other properties. */
type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>> & {
  readonly style?: undefined;
};

export type Child = Node | string | undefined | false;

/** An element of HTML. Text stays text: nothing is ever parsed. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), properties, children);
}

/** An element of SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Child | readonly Child[])[]
): SVGElementTagNameMap[Tag] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function fill<T extends Element>(
  element: T,
  properties: Properties,
  children: readonly (Child | readonly Child[])[],
): T {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== false) element.append(typeof child === 'string' ? visible(child) : child);
  }
  return element;
}

/** Those that stay are not touched: they keep the focus, and a selection of text. */
export function setChildren(parent: Element, wanted: readonly Element[]): void {
  const wantedOnes = new Set(wanted);
  for (const child of [...parent.children]) if (!wantedOnes.has(child)) child.remove();
  for (const [index, child] of wanted.entries()) {
    const there = parent.children[index];
    if (there !== child) parent.insertBefore(child, there ?? null);
  }
}

/** Places an element on a time axis, in per cent. By script: attributes with styles are forbidden here. */
export function place<T extends HTMLElement>(element: T, left: number, width?: number): T {
  element.style.left = `${left}%`;
  if (width !== undefined) element.style.width = `${width}%`;
  return element;
}

export function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  return element;
}

export function findInput(selector: string): HTMLInputElement {
  const element = find(selector);
  if (!(element instanceof HTMLInputElement)) throw new Error(`${selector} is no input`);
  return element;
}
