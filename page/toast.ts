import { find } from './dom';

/** Copies a text, and says so. */
export function copy(text: string, message: string): void {
  navigator.clipboard.writeText(text).then(
    () => {
      say(message);
    },
    () => {
      say('The browser does not allow to copy.');
    },
  );
}

/** What stays until it is over; `undefined` when it is. */
export function keepSaying(message: string | undefined): void {
  const toast = find('.toast');
  if (message === undefined) {
    if (toast.dataset['stays'] === '') toast.classList.remove('on');
    delete toast.dataset['stays'];
    return;
  }
  if (toast.textContent !== message) toast.textContent = message;
  toast.dataset['stays'] = '';
  toast.classList.add('on');
}

function say(message: string): void {
  const toast = find('.toast');
  toast.textContent = message;
  toast.classList.add('on');
  setTimeout(() => {
    if (toast.dataset['stays'] === undefined) toast.classList.remove('on');
  }, 1600);
}
