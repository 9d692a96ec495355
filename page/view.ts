import { isChip, type Chip } from './query';

/** What the user has chosen. It stands in the address, so that a view can be kept and shared. */
export const view = {
  chip: 'all' as Chip,
  client: undefined as string | undefined,
  query: '',
  isGrouped: false,
  selected: undefined as number | undefined,
  isLive: true,
};

export function readView(): URLSearchParams {
  const wish = new URLSearchParams(location.search);
  const chip = wish.get('filter');
  if (isChip(chip)) view.chip = chip;
  view.client = wish.get('client') ?? undefined;
  view.query = wish.get('q') ?? '';
  view.isGrouped = wish.has('group');
  return wish;
}

export function keepView(): void {
  const wish = new URLSearchParams();
  if (view.chip !== 'all') wish.set('filter', view.chip);
  if (view.client !== undefined) wish.set('client', view.client);
  if (view.query !== '') wish.set('q', view.query);
  if (view.isGrouped) wish.set('group', '');
  const text = wish.toString();
  history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
}
