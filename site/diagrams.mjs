// Draws the diagrams while the site is built: a reader's browser gets SVG.
import { renderMermaidSVG } from 'beautiful-mermaid';

/** The colours come from the theme (theme/style.css), so that one drawing serves both modes. */
const COLOURS = { bg: 'var(--diagram-bg)', fg: 'var(--diagram-fg)', accent: 'var(--diagram-arrow)', transparent: true };
let count = 0;

/** A plugin for markdown-it. */
export function diagrams(markdown) {
  const { fence } = markdown.renderer.rules;
  markdown.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid' ? draw(tokens[index].content) : fence(tokens, index, ...rest);
}

function draw(source) {
  const name = `diagram-${++count}`;
  const svg = renderMermaidSVG(source, COLOURS)
    // Vue takes no style in a page, and this one asks for a font from another host.
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/(id="|url\(#)(arrowhead)/g, `$1${name}-$2`)
    .replaceAll(/^\s*$\n/gm, '');
  // One line: a blank or indented one would be Markdown again in places.
  return `<div class="diagram" v-pre tabindex="0" role="img" aria-label="Diagram">${svg.replaceAll('\n', ' ')}</div>\n`;
}
