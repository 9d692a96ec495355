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

function say(message: string): void {
  const toast = find('.toast');
  toast.textContent = message;
  toast.classList.add('on');
  setTimeout(() => {
    toast.classList.remove('on');
  }, 1600);
}
