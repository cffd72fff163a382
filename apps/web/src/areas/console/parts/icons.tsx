const paths = {
  desk: 'M4 5h16v14H4zM8 3v4M16 3v4M4 10h16M8 14l2.5 2.5L16 12',
  needs: 'M6 4h12v16H6zM9 9h6M9 13h6M9 17h3',
  add: 'M12 5v14M5 12h14',
  persons: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  money: 'M12 3v18M7 7l5 6 5-6M7 13h10M7 17h10',
  call: 'M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  note: 'M4 20l4-1L20 7l-3-3L5 16zM14 7l3 3',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  watch: 'M3 20V4M3 20h18M7 16v-5M12 16V8M17 16v-8',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  person: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.7-4 3.5-6 7-6s6.3 2 7 6',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing beside a word; never without the word. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
