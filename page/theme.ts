import { find } from './dom';

export function useTheme(name: string): void {
  const theme = name === 'light' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme;
  find('.theme').textContent = theme === 'dark' ? '☀' : '☾';
}

export function toggleTheme(): void {
  useTheme(document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');
}
