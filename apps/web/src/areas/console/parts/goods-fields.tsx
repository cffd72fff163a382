import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { Select } from '../../../shared/ui/index.ts';

interface PickProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (id: string) => void;
  error?: string;
}

/** One of the kinds of things on file. */
export function ItemSelect(props: PickProps) {
  const { t } = useTranslation('console');
  const items = usePages(routes.goods.items, { query: { limit: 200 } });
  return (
    <Select
      {...props}
      placeholder={t('goods.form.pick')}
      options={items.items.map((item) => ({
        value: item.id,
        label: `${item.name}（${item.unit}）`,
      }))}
    />
  );
}

/** One of the places; `mine` only those whose goods one may move. */
export function PlaceSelect({ mine = false, ...props }: PickProps & { mine?: boolean }) {
  const { t } = useTranslation('console');
  const places = useRoute(routes.goods.places).data?.items ?? [];
  return (
    <Select
      {...props}
      placeholder={t('goods.form.pick')}
      options={places
        .filter((place) => !mine || place.mine)
        .map((place) => ({ value: place.id, label: `${place.name}（${place.area.name}）` }))}
    />
  );
}
