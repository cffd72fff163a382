import { routes } from '@wennuan/contract';
import { useRoute } from '../../../shared/api/query.ts';
import { useSession } from '../../../shared/session/session.ts';
import { Select } from '../../../shared/ui/index.ts';

interface AreaSelectProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (areaCode: string) => void;
  /** What an empty choice means; without it one must be chosen. */
  placeholder?: string;
  /** Only areas of these levels are offered. */
  levels?: readonly ('district' | 'street' | 'community')[];
}

/** The areas at and below the caller's own, indented by level; code and name of each. */
export function useAreas() {
  const { session } = useSession();
  const { data } = useRoute(routes.place.areas);
  const own = session?.area?.code;
  const areas = data?.areas ?? [];
  const inside = new Set(own ? [own] : areas.map(({ code }) => code));
  for (const area of areas)
    if (area.parentCode && inside.has(area.parentCode)) inside.add(area.code);
  return { own: session?.area ?? null, areas: areas.filter(({ code }) => inside.has(code)) };
}

/** One area of those the caller works in. */
export function AreaSelect({ levels, placeholder, ...props }: AreaSelectProps) {
  const { areas } = useAreas();
  const offered = areas
    .filter((area) => !levels || levels.includes(area.level))
    .toSorted((left, right) => left.code.localeCompare(right.code));
  const streetOf = new Map(areas.map(({ code, name }) => [code, name]));
  return (
    <Select
      {...props}
      placeholder={placeholder}
      options={offered.map((area) => ({
        value: area.code,
        label:
          area.level === 'community' && area.parentCode && streetOf.has(area.parentCode)
            ? `${streetOf.get(area.parentCode)} · ${area.name}`
            : area.name,
      }))}
    />
  );
}
