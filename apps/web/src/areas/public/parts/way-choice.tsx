import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { RadioGroup } from '../../../shared/ui/index.ts';

interface WayChoiceProps {
  way: string | null;
  onChoose: (way: string) => void;
}

/** The way to pay, where more than one is offered; the designated platform's cashier stands first. */
export function WayChoice({ way, onChoose }: WayChoiceProps) {
  const { t } = useTranslation('public');
  const ways = useRoute(routes.payment.waysToPay).data?.items ?? [];
  if (ways.length < 2) return null;
  return (
    <RadioGroup
      name="channel"
      label={t('pay.way')}
      value={way ?? ways[0]!.code}
      onChange={onChoose}
      options={ways.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
