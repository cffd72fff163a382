import { Outlet } from '@tanstack/react-router';

/** Round every page of the public area. */
export function PublicLayout() {
  return <Outlet />;
}
