import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Line pictures of the area; always beside their word. */
export const icons = {
  home: (
    <Icon>
      <path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z" />
    </Icon>
  ),
  wall: (
    <Icon>
      <path d="M4 5h7v6H4zM13 5h7v9h-7zM4 13h7v6H4zM13 16h7v3h-7z" />
    </Icon>
  ),
  ask: (
    <Icon>
      <path d="M12 20s-7-4.4-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.6-7 10-7 10z" />
    </Icon>
  ),
  messages: (
    <Icon>
      <path d="M5 5h14v11H10l-5 4z" />
    </Icon>
  ),
  me: (
    <Icon>
      <circle cx="12" cy="8" r="4" />
      <path d="M4 20c1-4 4-6 8-6s7 2 8 6" />
    </Icon>
  ),
  wish: (
    <Icon>
      <path d="M4 10h16v10H4zM12 10v10M3 7h18v3H3zM12 7c-2 0-4-1-4-2.5S11 3 12 7c1-4 4-4 4-2.5S14 7 12 7z" />
    </Icon>
  ),
  help: (
    <Icon>
      <path d="M4 13c2-1 4-1 6 1l3 .5c1.5.2 1.5 2 0 2H10M4 19c5 2 9 2 16-4-1-1.5-2.5-1.5-4-.5l-2 1M12 10V4M9 7h6" />
    </Icon>
  ),
  offer: (
    <Icon>
      <path d="M12 21V11M12 11c0-4 3-6 7-6 0 4-3 6-7 6zM12 14c0-3-2-5-6-5 0 3 2 5 6 5z" />
    </Icon>
  ),
  phone: (
    <Icon>
      <path d="M6 3h4l1.5 5L9 10c1 2.5 2.5 4 5 5l2-2.5 5 1.5v4c0 1-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2z" />
    </Icon>
  ),
} as const;
