import { visible } from '../../page/visible';

test.each([
  ['plain – ümläut 日本 🙂', 'plain – ümläut 日本 🙂'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['gpj.\u202eexe', 'gpj.\ufffdexe'],
  ['a\u0000b\u001b[31mc\u009bd\u007f', 'a\ufffdb\ufffd[31mc\ufffdd\ufffd'],
  ['\u2066x\u2069\u200f\u061c\u200b\ufeff', '\ufffdx\ufffd\ufffd\ufffd\ufffd\ufffd'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
