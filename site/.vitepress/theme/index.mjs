import { h } from 'vue';
import DefaultTheme from 'vitepress/theme';
import FailedCall from './FailedCall.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(FailedCall) }),
};
