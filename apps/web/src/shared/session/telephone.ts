import { routes } from '@wennuan/contract';
import { useRoute } from '../api/query.ts';
import { useSession } from './session.ts';

/**
 * The telephone of the community's desk (else its street's, else the district's), and whose it is; null
 * when there is none, for instance because the reader's community is not known; undefined until known.
 */
export function useDeskTelephone(): { telephone: string; name: string } | null | undefined {
  const { session } = useSession();
  const { data } = useRoute(routes.place.areas);
  if (!data || session === undefined) return undefined;
  const byCode = new Map(data.areas.map((area) => [area.code, area]));
  let area =
    byCode.get(session?.area?.code ?? '') ?? data.areas.find((one) => one.level === 'district');
  while (area && !area.deskTelephone) area = byCode.get(area.parentCode ?? '');
  return area?.deskTelephone ? { telephone: area.deskTelephone, name: area.name } : null;
}
