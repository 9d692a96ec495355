import { defineConfig } from 'vitepress';
import { diagrams } from '../diagrams.mjs';
import { CACHE, OUT, read, STAGE } from '../paths.mjs';
import { referenceSidebar } from '../reference.mjs';
import { sidebar } from '../sidebar.mjs';

const { version, description } = JSON.parse(read('package.json'));

/** As the usual forges do, so that a link to a heading works there and here. */
function slugify(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

export default defineConfig({
  title: 'http-client',
  titleTemplate: ':title · @hdms/http-client',
  description,
  lang: 'en-GB',
  srcDir: STAGE,
  outDir: OUT,
  cacheDir: CACHE,
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  markdown: {
    anchor: { slugify },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    // The highlighter knows no PromQL; without its brackets it is SQL in all that matters for colours.
    languageAlias: { promql: 'sql' },
    config: (markdown) => markdown.use(diagrams).use(emptyHeads),
  },
  // The search index is one file, and so are the pages; the limit is meant for applications.
  vite: { build: { chunkSizeWarningLimit: 4096 } },
  themeConfig: {
    logo: '/icon.svg',
    siteTitle: '@hdms/http-client',
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Docs', link: '/pages' },
      { text: 'API', link: '/reference/' },
      { text: `v${version}`, link: '/project/changelog' },
    ],
    sidebar: { '/': withReference(sidebar()), '/reference/': referenceSidebar() },
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: { miniSearch: { searchOptions: { boostDocument: (id) => (id.startsWith('/reference/') ? 0.4 : 1) } } },
    },
    externalLinkIcon: true,
  },
});

/** A plugin for markdown-it: a column without a name has no heading, which a screen reader would announce. */
function emptyHeads(markdown) {
  markdown.core.ruler.push('empty-heads', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[index + 1].content !== '') continue;
      token.tag = tokens[index + 2].tag = 'td';
    }
  });
}

/** The reference has a sidebar of its own, which this one leads to. */
function withReference(groups) {
  const group = groups.find(({ text }) => text === 'Reference');
  group.items.unshift({ text: 'API reference', link: '/reference/' });
  return groups;
}
