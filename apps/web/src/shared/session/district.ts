import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../api/query.ts';

/** Name, brand and mode of this deployment's district; undefined until it is known. */
export const useDistrict = () => useRoute(routes.place.district).data;

/** The brand as the district writes it (温暖二七); the programme's own name until it is known. */
export function useBrand(): string {
  const { t } = useTranslation();
  return useDistrict()?.brand ?? t('brand.name');
}
