import { h, nextTick, onMounted, watch } from 'vue';
import { useData, useRoute } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import FailedCall from './FailedCall.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(FailedCall) }),
  setup() {
    const { frontmatter } = useData();
    const route = useRoute();
    const mark = () => markRoles(frontmatter.value.layout === 'home');
    onMounted(mark);
    watch(
      () => route.path,
      () => nextTick(mark),
    );
  },
};

/** Roles that the default theme misses: the front page has no main part, and the head of a group is a button, also around one that folds it. */
function markRoles(isHome) {
  const content = document.querySelector('#VPContent');
  if (isHome) content?.setAttribute('role', 'main');
  else content?.removeAttribute('role');
  // The style shows it: the text of the button is the name that it has for screen readers.
  document.querySelector('.DocSearch-Button-Key:last-child').textContent = '';
  for (const item of document.querySelectorAll('.VPSidebarItem > .item[role=button]')) {
    item.removeAttribute('role');
    item.removeAttribute('tabindex');
  }
}
