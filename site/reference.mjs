// The API reference, from the types and doc comments of src/. `node site/reference.mjs` only checks that every public name has a
// comment, and that every link in a comment leads somewhere.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as td from 'typedoc';
import { ENTRIES, MAIN, PACKAGE, specifierOf } from './entries.mjs';
import { ROOT, STAGE } from './paths.mjs';
import { linkPages, nameArguments, nameEntries, nameHeaders } from './reference-plugins.mjs';

const FOLDER = join(STAGE, 'reference');
const SIDEBAR = join(FOLDER, 'sidebar.json');
const OPTIONS = {
  entryPoints: ENTRIES.map(({ source }) => source),
  tsconfig: join(ROOT, 'tsconfig.build.json'),
  logLevel: 'Warn',
  readme: 'none',
  out: FOLDER,
  excludeExternals: true,
  excludeInternal: true,
  disableSources: true,
  sort: ['kind', 'alphabetical'],
  validation: { notDocumented: true, notExported: false, invalidLink: true, invalidPath: true },
  treatValidationWarningsAsErrors: true,
  jsDocCompatibility: { defaultTag: false },
  // Of typedoc-plugin-markdown.
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: true,
  interfacePropertiesFormat: 'htmlTable',
  typeAliasPropertiesFormat: 'htmlTable',
  typeDeclarationFormat: 'table',
  indexFormat: 'table',
  parametersFormat: 'table',
  pageTitleTemplates: { index: `API reference`, module: ({ name }) => specifierOf(name), member: '{name}' },
};

/** Reads src/. @throws Error if a public name has no comment */
async function convert() {
  const app = await td.Application.bootstrapWithPlugins({
    ...OPTIONS,
    plugin: ['typedoc-plugin-markdown', nameEntries, nameArguments, nameHeaders, linkPages],
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('the types do not compile: npm run types');
  app.validate(project);
  for (const reflection of withoutMeaning(project))
    app.logger.error(`${reflection.getFullName()} has tags, but no sentence`);
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('The API reference is not complete, see above.');
  return { app, project };
}

/** What has a comment that consists of tags. That there is one, TypeDoc has checked. */
function withoutMeaning(project) {
  return Object.values(project.reflections).filter(
    ({ comment }) => comment && !comment.summary.some(({ text }) => text.trim()),
  );
}

export async function writeReference() {
  const { app, project } = await convert();
  await app.generateOutputs(project);
  writeFileSync(SIDEBAR, JSON.stringify(ENTRIES.map(({ name }) => sidebarOf(project.getChildByName([name])))));
}

function sidebarOf(entry) {
  // What another entry exports, too, has its page there.
  const groups = entry.groups.filter(({ title }) => title !== 'References');
  const items = groups.map(({ title, children }) => ({
    text: title,
    collapsed: entry.name === MAIN && title !== 'Classes',
    items: children.map(({ name, kind }) => ({
      text: name,
      link: `/reference/${entry.name}/${td.ReflectionKind.pluralString(kind).toLowerCase().replaceAll(' ', '-')}/${name}`,
    })),
  }));
  return {
    text: entry.name === MAIN ? PACKAGE : entry.name,
    link: `/reference/${entry.name}/`,
    collapsed: true,
    items,
  };
}

export function referenceSidebar() {
  if (!existsSync(SIDEBAR)) return [];
  return [{ text: 'API reference', link: '/reference/', items: JSON.parse(readFileSync(SIDEBAR, 'utf8')) }];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await convert();
