import { routes } from '@wennuan/contract';
import { usePages } from '../../../shared/api/query.ts';
import type { Option } from '../../../shared/ui/index.ts';

/** Organisations on file, to choose from. */
export function useOrganizations(): Option[] {
  const found = usePages(routes.organization.list, { query: { limit: 200 } });
  return found.items.map((one) => ({ value: one.id, label: one.name }));
}
