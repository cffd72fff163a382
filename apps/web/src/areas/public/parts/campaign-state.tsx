import type { routes, RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { State, type Tone } from '../../../shared/ui/index.ts';

type CampaignStateCode = RouteOutput<typeof routes.donation.campaign>['campaign']['state'];
const tones: Record<CampaignStateCode, Tone> = {
  draft: 'quiet',
  filed: 'quiet',
  open: 'accent',
  closed: 'done',
};

/** Whether a campaign takes gifts. */
export function CampaignState({ state }: { state: CampaignStateCode }) {
  const { t } = useTranslation('public');
  return <State tone={tones[state]}>{t(`campaign.state.${state}`)}</State>;
}
