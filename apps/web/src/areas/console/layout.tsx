import { Outlet } from '@tanstack/react-router';

/** Round every page of the console area. */
export function ConsoleLayout() {
  return <Outlet />;
}
