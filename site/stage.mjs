// Copies the pages to where VitePress reads them. The repository keeps relative links, which lead somewhere on its host and in
// the installed package; the copies have the addresses of the site.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { addressOf, isPicture, pages, placeOf, read, ROOT, STAGE, targetOf } from './paths.mjs';

/** `](link)`, `src="link"` and `srcset="link"`. */
const LINK = /(\]\(|\bsrc(?:set)?=")([^()\s"]+)/g;
/** Code, in which nothing is a link. */
const CODE = /(^ *```[\s\S]*?^ *```$|`[^`\n]+`)/m;
const THEMED =
  /<picture>\s*<source media="\(prefers-color-scheme: light\)" srcset="(.*?)" \/>\s*<img alt="(.*?)" src="(.*?)" \/>\s*<\/picture>/g;

export function stage() {
  /** Files that pages link to: each becomes a page, or is copied. */
  const linked = new Set();
  for (const page of pages()) {
    write(page, rewrite(page, read(page), linked));
  }
  for (const file of linked) {
    if (isPicture(file)) copy(file);
    else write(file, statSync(join(ROOT, file)).isDirectory() ? contents(file) : listing(file));
  }
  write('index.md', read('site/home.md'));
  copy('page/icon.svg', 'public/icon.svg');
}

function rewrite(page, text, linked) {
  const parts = text.replaceAll(THEMED, byTheme).split(new RegExp(CODE, 'gm'));
  // `split` puts the code into the odd places.
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replaceAll(LINK, address))).join('');

  function address(whole, before, link) {
    const file = targetOf(page, link);
    if (file === undefined) return whole;
    if (!file.endsWith('.md')) linked.add(file);
    return before + addressOf(file) + (/#.*/.exec(link)?.[0] ?? '');
  }
}

/** The picture for the theme that the reader has chosen, which need not be that of the system. */
function byTheme(_, light, alt, dark) {
  return [
    [light, 'light'],
    [dark, 'dark'],
  ]
    .map(([src, theme]) => `<img class="only-${theme}" alt="${alt}" src="${src}" />`)
    .join('\n');
}

/** A page that names the files of a folder. */
function contents(folder) {
  const names = readdirSync(join(ROOT, folder)).map((name) => `- \`${name}\``);
  return `# ${folder}\n\nThe files of this folder of the repository:\n\n${names.join('\n')}\n`;
}

/** A page that shows a file of code. */
function listing(file) {
  return `---\naside: false\n---\n\n# ${basename(file)}\n\n\`${file}\`\n\n\`\`\`${extname(file).replace(/^\.[cm]?/, '')}\n${read(file)}\n\`\`\`\n`;
}

function write(file, text) {
  const path = join(STAGE, placeOf(file));
  // A server that watches shows what is written anew.
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function copy(file, place = placeOf(file)) {
  const path = join(STAGE, place);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(join(ROOT, file), path);
}
