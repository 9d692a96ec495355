import type { CallReport } from '../src/inspector/report';
import { find, h } from './dom';
import { CHIPS, testOfChip, type Chip } from './query';
import { view } from './view';

/** The choices above the list, each with the number of its calls. */
export function drawChips(calls: readonly CallReport[], now: number, choose: (chip: Chip) => void): void {
  const container = find('.choices');
  for (const name of Object.keys(CHIPS) as Chip[]) {
    const count = calls.filter((call) => testOfChip(name)(call, now)).length;
    let chip = container.querySelector<HTMLButtonElement>(`[data-chip="${name}"]`);
    if (!chip) {
      chip = h(
        'button',
        {
          'data-chip': name,
          onclick: () => {
            choose(name);
          },
        },
        CHIPS[name],
        h('b', {}),
      );
      container.append(chip);
    }
    chip.setAttribute('aria-pressed', String(view.chip === name));
    const number = chip.querySelector('b');
    if (number) number.textContent = String(count);
  }
  find('.switch').setAttribute('aria-pressed', String(view.isGrouped));
}
