/** Words of the console area. Chinese is the original; en.ts must have the same keys. */
export default {
  home: { title: '首页' },
} as const;
