import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Notice } from '../../../shared/ui/index.ts';

/** Whether a campaign is paused or taken down: `null` while it is not known or not so. */
export function usePause(code: string) {
  const { data } = useRoute(routes.complaint.pausedCampaign, { params: { code } });
  return data?.act ? data : null;
}

/** Says that a campaign takes no gifts now, since when and why. */
export function PauseNotice({ pause }: { pause: NonNullable<ReturnType<typeof usePause>> }) {
  const { t } = useTranslation('public');
  return (
    <Notice tone="warned" title={t(`complaint.acts.${pause.act!}`)}>
      <p>
        <DateText at={pause.since!} /> · {pause.reason}
      </p>
    </Notice>
  );
}
