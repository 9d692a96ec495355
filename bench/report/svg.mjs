// What the charts have in common: a card with a background of its own, because the page around it may be light or dark whatever
// the browser prefers.

const STYLE = `
  .card { fill: #ffffff; stroke: #d1d9e0 }
  text { fill: #1f2328; font: 13px system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif }
  .title { font-size: 16px; font-weight: 600 }
  .ours-text { font-weight: 600 }
  .quiet { fill: #59636e; font-size: 12px }
  .ours { fill: #0969da }
  .bare { fill: #6e7781 }
  .other { fill: #c8d1da }
  .whisker { stroke: #1f2328; stroke-width: 1.5; opacity: 0.45 }
  .axis { stroke: #d1d9e0 }
  .level { stroke: #59636e; stroke-dasharray: 4 3 }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .ours { fill: #4493f8 }
    .bare { fill: #848d97 }
    .other { fill: #3d444d }
    .whisker { stroke: #f0f6fc }
    .axis { stroke: #3d444d }
    .level { stroke: #9198a1 }
  }`;

/**
 * @param id prefixes the ids, so that several charts can stand in one page
 * @param description the figures in words, for those who cannot see the chart
 */
export function svg({ id, width, height, title, description, body, style = '' }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${escaped(title)}</title>
<desc id="${id}-description">${escaped(description)}</desc>
<style>${STYLE}${style}
</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${body.join('\n')}
</svg>
`;
}

export function text(content, { x, y, of = '', anchor }) {
  const attributes = [of && ` class="${of}"`, anchor && ` text-anchor="${anchor}"`].filter(Boolean).join('');
  return `<text x="${tenth(x)}" y="${tenth(y)}"${attributes}>${escaped(content)}</text>`;
}

/** Pixels per character by class of text: a generous guess, so that no label is cut off. */
const WIDTHS = { 'ours-text': 8.2, quiet: 6.1 };

export const widthOf = (content, of) => content.length * WIDTHS[of];

export const tenth = (value) => Math.round(value * 10) / 10;

function escaped(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
