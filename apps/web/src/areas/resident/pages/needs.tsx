/** Not written yet; the route is there for others to link to. */
export function NeedsPage() {
  return null;
}
