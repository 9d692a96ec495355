import type { OpenTelemetryOptions } from './options';
import { warnOnce } from './warn-once';

export type TemplateOf = (url: string) => string | undefined;

/** The option `urlTemplate`, whose failure costs the template only. */
export function templateOf(urlTemplate: OpenTelemetryOptions['urlTemplate']): TemplateOf {
  if (!urlTemplate) return () => undefined;
  const warn = warnOnce('`urlTemplate`');
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
