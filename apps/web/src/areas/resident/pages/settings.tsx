/** Not written yet; the route is there for others to link to. */
export function SettingsPage() {
  return null;
}
