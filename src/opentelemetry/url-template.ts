import { warnOfFirst } from './warn-of-first';

export type TemplateOf = (url: string) => string | undefined;

/** The option `urlTemplate`, whose failure costs the template only, and leads to one warning. */
export function safeTemplate(urlTemplate: TemplateOf): TemplateOf {
  const warn = warnOfFirst('`urlTemplate`');
  return (url) => {
    try {
      const template: unknown = urlTemplate(url);
      return typeof template === 'string' && template !== '' ? template : undefined;
    } catch (thrown) {
      warn(thrown);
      return undefined;
    }
  };
}
