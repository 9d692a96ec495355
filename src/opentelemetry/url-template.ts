import type { OpenTelemetryOptions } from './options';
import { warnOfFirst } from './warn-of-first';

export type TemplateOf = (url: string) => string | undefined;

/** The option `urlTemplate`, whose failure costs the template only. */
export function templateOf(urlTemplate: OpenTelemetryOptions['urlTemplate']): TemplateOf {
  if (!urlTemplate) return () => undefined;
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
