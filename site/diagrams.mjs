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

/** Width of a letter of a label, in units of the drawing. */
const LETTER = 6.4;
/** Least scale at which labels can be read; what is wider than the page then is scrolled. */
const LEAST_SCALE = 0.72;

/** Makes room for labels that are wider than their arrows: they are centred, and cut off at the edge otherwise. */
function fit(_, width, height, at, svg) {
  const labels = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([^<]*)</g)];
  const spans = labels.map(([, x, { length }]) => [x - (length * LETTER) / 2, Number(x) + (length * LETTER) / 2]);
  const left = Math.floor(Math.min(0, ...spans.map(([start]) => start)));
  const right = Math.ceil(Math.max(width, ...spans.map(([, end]) => end)));
  const room = right - left;
  return `viewBox="${left} 0 ${room} ${height}" width="${room}" height="${height}" style="min-width:${Math.round(room * LEAST_SCALE)}px;`;
}

function draw(source) {
  const name = `diagram-${++count}`;
  const svg = renderMermaidSVG(source, COLOURS)
    // Vue takes no style in a page, and this one asks for a font from another host.
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/(id="|url\(#)(arrowhead)/g, `$1${name}-$2`)
    .replaceAll(/^\s*$\n/gm, '')
    .replace(/viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+" style="/, fit);
  // One line: a blank or indented one would be Markdown again in places.
  return `<div class="diagram" v-pre tabindex="0" role="img" aria-label="Diagram">${svg.replaceAll('\n', ' ')}</div>\n`;
}
