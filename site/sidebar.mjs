// The sidebar, from the table of contents: `## Group`, `### Folded group`, and a row for each page.
import { addressOf, INDEX, read, targetOf } from './paths.mjs';

const LINE = /^(##|###) (.+)$|^\| \[(.+?)\]\((\S+?)\)/gm;

export function sidebar() {
  const groups = [];
  let items;
  for (const [, level, heading, text, link] of read(INDEX).matchAll(LINE)) {
    if (level === undefined) items.push({ text: text.replaceAll('`', ''), link: addressOf(targetOf(INDEX, link)) });
    else {
      const group = { text: heading, items: [], ...(level === '###' && { collapsed: true }) };
      (level === '##' ? groups : groups.at(-1).items).push(group);
      items = group.items;
    }
  }
  return groups;
}
