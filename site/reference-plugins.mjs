// What the reference changes in that which TypeDoc reads.
import { relative } from 'node:path';
import * as td from 'typedoc';
import { ENTRIES } from './entries.mjs';
import { addressOf, ROOT } from './paths.mjs';

/** Entries are called by what is imported, not by where their source is. */
export function nameEntries(app) {
  app.converter.on(td.Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children) {
      const isIt = ({ source }) => [`src/${entry.name}.ts`, `src/${entry.name}/index.ts`].includes(source);
      entry.name = ENTRIES.find(isIt).name;
    }
  });
}

/** `(...given: CallArguments)` is shown as editors show it: `(url, options?)`. */
export function nameArguments(app) {
  app.converter.on(td.Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const options = project
      .getReflectionsByKind(td.ReflectionKind.Interface)
      .find(({ name }) => name === 'RequestOptions');
    for (const signature of project.getReflectionsByKind(td.ReflectionKind.SomeSignature)) {
      const rest = signature.parameters?.at(-1);
      if (rest?.type?.name !== 'CallArguments') continue;
      const type =
        rest.type.typeArguments?.[0] ?? td.ReferenceType.createResolvedReference(options.name, options, project);
      signature.parameters.splice(-1, 1, urlOf(signature), optionsOf(signature, type));
    }
  });
}

function urlOf(signature) {
  const url = new td.ParameterReflection('url', td.ReflectionKind.Parameter, signature);
  url.type = new td.UnionType([new td.IntrinsicType('string'), new td.UnknownType('URL')]);
  url.comment = new td.Comment([{ kind: 'text', text: 'Absolute, or relative to `baseURL`.' }]);
  return url;
}

function optionsOf(signature, type) {
  const options = new td.ParameterReflection('options', td.ReflectionKind.Parameter, signature);
  options.type = type;
  options.setFlag(td.ReflectionFlag.Optional);
  options.comment = new td.Comment([{ kind: 'text', text: 'Options of this call.' }]);
  return options;
}

/** TypeDoc spells axios's headers out, with a field for each usual name. */
export function nameHeaders(app) {
  app.converter.on(td.Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const type of project.getReflectionsByKind(td.ReflectionKind.TypeLiteral)) {
      if (!type.getFullName().endsWith('HTTPResponse.headers.headers.__type')) continue;
      type.parent.type = new td.UnknownType("AxiosResponse['headers']");
      project.removeReflection(type);
    }
  });
}

/** A link of a comment to a page of the repository leads to that page of the site; a reference to the contract means nothing there. */
export function linkPages(app) {
  app.converter.on(td.Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const { comment } of Object.values(project.reflections)) {
      if (comment === undefined) continue;
      comment.blockTags = comment.blockTags.filter(({ content: [first] }) => !first?.text.startsWith('contract'));
      for (const parts of [comment.summary, ...comment.blockTags.map(({ content }) => content)]) parts.forEach(link);
    }

    function link(part) {
      const file = part.kind === 'relative-link' ? project.files.resolve(part.target) : undefined;
      if (typeof file !== 'string') return;
      const anchor = part.targetAnchor ? `#${part.targetAnchor}` : '';
      Object.assign(part, { kind: 'text', text: addressOf(relative(ROOT, file)) + anchor });
    }
  });
}
