import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const page = resolve(__dirname, '../../page');

test.each(readdirSync(page).filter((name) => name.endsWith('.ts')))('page/%s makes no HTML of text', (name) => {
  const text = readFileSync(join(page, name), 'utf8');

  expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser/);
  expect(text).not.toMatch(/setAttribute\('style'|cssText|\beval\(|new Function/);
});

test('page/page.html has neither styles nor scripts in it, and loads nothing from elsewhere', () => {
  const text = readFileSync(join(page, 'page.html'), 'utf8');

  expect(text).not.toMatch(/\sstyle=|<style|\son\w+=|<script>|https?:|\/\//);
});
