import { Outlet } from '@tanstack/react-router';

/** Round every page of the sandbox area. */
export function SandboxLayout() {
  return <Outlet />;
}
