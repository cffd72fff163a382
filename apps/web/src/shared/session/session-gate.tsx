import { Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { type Session, useSession } from './session.ts';

interface GateProps {
  /** The sign-in page of this room. */
  signIn: '/my/sign-in' | '/desk/sign-in';
  children: (session: Session) => ReactNode;
}

/** Shows its children to who is signed in; others go to sign in and come back to this very page. */
export function SessionGate({ signIn, children }: GateProps) {
  const { session, asking } = useSession();
  const here = useLocation({ select: (location) => location.href });
  // Just after signing in the old answer is still "nobody": wait for the new one before leading away.
  if (session === undefined || (session === null && asking)) return <PageSkeleton />;
  if (session === null) return <Navigate to={signIn} search={{ next: here }} replace />;
  return children(session);
}
