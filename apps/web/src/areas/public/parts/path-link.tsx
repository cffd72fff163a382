import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

/** A link to an address that the server gave (`/payments/…`): moves inside the app, and works without JavaScript. */
export function PathLink({ to, children }: { to: string; children: ReactNode }) {
  const router = useRouter();
  function move(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.history.push(to);
  }
  return (
    <a href={to} onClick={move}>
      {children}
    </a>
  );
}
