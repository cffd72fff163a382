import { Outlet } from '@tanstack/react-router';

/** Round every page of the resident area. */
export function ResidentLayout() {
  return <Outlet />;
}
